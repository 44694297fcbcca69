/** What the server wrote into the page for its scripts: where to ask, and with which token. */

type Place = "find" | "lock" | "unlock" | "passkeyOptions" | "veilTo";

/** The address for one kind of request, or "" where this page has none (a door, say). */
export function place(name: Place): string {
  return document.body.dataset[name] ?? "";
}

function meta(name: string): HTMLMetaElement | null {
  return document.querySelector(`meta[name="${name}"]`);
}

export function csrf(): string {
  return meta("csrf")?.content ?? "";
}

/** A new token, as after unlocking. The forms of the page carry it too. */
export function renewCsrf(token: string): void {
  meta("csrf")?.setAttribute("content", token);
  for (const field of document.querySelectorAll<HTMLInputElement>(
    'input[name="csrfmiddlewaretoken"]',
  )) {
    field.value = token;
  }
}

/** Seconds without a touch after which this page locks; 0 where it never does. */
export function idleSeconds(): number {
  return Number(meta("idle")?.content ?? 0) || 0;
}

/** Only addresses of this very site are followed, whoever supplied them. */
export function isOurs(href: string): boolean {
  return href.startsWith("/") && new URL(href, location.href).origin === location.origin;
}
