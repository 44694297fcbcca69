/** Bytes as the web's credentials write them: base64url, without padding. */

export function encode(bytes: ArrayBuffer | Uint8Array): string {
  const array = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  let binary = "";
  for (const byte of array) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export function decode(words: string): Uint8Array<ArrayBuffer> {
  const binary = atob(words.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, letter => letter.charCodeAt(0));
}
