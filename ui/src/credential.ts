/** Credentials and their options, between JSON and the browser's own form. Browsers that know
 * `parseRequestOptionsFromJSON` are not asked to: several of them leave the PRF extension out. */
import { decode, encode } from "./base64url";

type Json = Record<string, unknown>;
type Descriptor = { id: string; type: "public-key"; transports?: AuthenticatorTransport[] };
type Eval = { first: string; second?: string };
type PrfJson = { eval?: Eval; evalByCredential?: Record<string, Eval> };

function prf(extensions: unknown): AuthenticationExtensionsClientInputs {
  const given = { ...((extensions ?? {}) as Json) };
  const asked = given.prf as PrfJson | undefined;
  delete given.prf;
  if (!asked) return given;
  const bytes = (salts: Eval) => ({
    first: decode(salts.first),
    ...(salts.second ? { second: decode(salts.second) } : {}),
  });
  const input: AuthenticationExtensionsPRFInputs = {};
  if (asked.eval) input.eval = bytes(asked.eval);
  if (asked.evalByCredential) {
    const entries = Object.entries(asked.evalByCredential);
    input.evalByCredential = Object.fromEntries(entries.map(([id, each]) => [id, bytes(each)]));
  }
  return { ...given, prf: input };
}

function descriptors(list: unknown): PublicKeyCredentialDescriptor[] {
  return ((list ?? []) as Descriptor[]).map(each => ({ ...each, id: decode(each.id) }));
}

/** What the server's JSON asks for, ready for `navigator.credentials.get`. */
export function requestOptions(json: Json): PublicKeyCredentialRequestOptions {
  return {
    ...(json as object),
    challenge: decode(String(json.challenge)),
    allowCredentials: descriptors(json.allowCredentials),
    extensions: prf(json.extensions),
  };
}

/** What the server's JSON asks for, ready for `navigator.credentials.create`. */
export function creationOptions(json: Json): PublicKeyCredentialCreationOptions {
  const user = json.user as { id: string; name: string; displayName: string };
  return {
    ...(json as object as PublicKeyCredentialCreationOptions),
    challenge: decode(String(json.challenge)),
    user: { ...user, id: decode(user.id) },
    excludeCredentials: descriptors(json.excludeCredentials),
    extensions: prf(json.extensions),
  };
}

/** The PRF's 32 bytes, base64url; "" where the authenticator gave none. */
export function prfOutput(credential: PublicKeyCredential): string {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (!first) return "";
  return encode(ArrayBuffer.isView(first) ? new Uint8Array(first.buffer) : first);
}

/** The credential as JSON. The PRF's output is left out: it is a key, and travels by itself. */
export function toJson(credential: PublicKeyCredential): Json {
  const { response } = credential;
  const fields: Json = { clientDataJSON: encode(response.clientDataJSON) };
  if (response instanceof AuthenticatorAttestationResponse) {
    fields.attestationObject = encode(response.attestationObject);
    fields.transports = response.getTransports();
  } else if (response instanceof AuthenticatorAssertionResponse) {
    fields.authenticatorData = encode(response.authenticatorData);
    fields.signature = encode(response.signature);
    if (response.userHandle) fields.userHandle = encode(response.userHandle);
  }
  const { prf: given, ...results } = credential.getClientExtensionResults();
  return {
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    response: fields,
    clientExtensionResults: given ? { ...results, prf: { enabled: given.enabled } } : results,
  };
}
