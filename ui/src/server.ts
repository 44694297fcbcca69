/** Asking the server, with its answers told apart by what they mean for a person's words. */
import { csrf } from "./page";

export type Body = Record<string, unknown>;

export type Answer =
  | { kind: "ok"; body: Body }
  | { kind: "conflict"; body: Body } // 409: somebody else wrote meanwhile
  | { kind: "locked" } // 401, 423, or sent away to the door
  | { kind: "refused"; body: Body } // any other 4xx: it will not become true by trying again
  | { kind: "unwell"; body: Body } // 5xx, 408, 429: it may
  | { kind: "unreachable" };

interface How {
  /** Lets the request outlive the page; the browser allows 64 KiB. */
  keepalive?: boolean;
}

/** More bytes than this may not outlive their page; a browser refuses to send them at all. */
const OUTLIVING = 60_000;

/** POST `body` as JSON. Never throws: what went wrong is an answer too. */
export function post(url: string, body: Body, how: How = {}): Promise<Answer> {
  return ask(url, JSON.stringify(body), "application/json", how);
}

/** POST bytes as they are. Never throws either. */
export function send(url: string, bytes: Blob): Promise<Answer> {
  return ask(url, bytes, "application/octet-stream", {});
}

async function ask(url: string, body: string | Blob, type: string, how: How): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": type,
        Accept: "application/json",
        "X-CSRFToken": csrf(),
      },
      body,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
      keepalive: Boolean(how.keepalive) && new Blob([body]).size < OUTLIVING,
    });
  } catch {
    return { kind: "unreachable" };
  }
  return read(response);
}

async function read(response: Response): Promise<Answer> {
  const { status } = response;
  if (response.type === "opaqueredirect" || status === 401 || status === 423) {
    return { kind: "locked" };
  }
  const body = await json(response);
  if (response.ok) return { kind: "ok", body };
  // A clash brings the other version; whatever else is refused with a 409 brings a sentence alone.
  if (status === 409 && "fields" in body) return { kind: "conflict", body };
  if (status >= 500 || status === 408 || status === 429) return { kind: "unwell", body };
  return { kind: "refused", body };
}

async function json(response: Response): Promise<Body> {
  try {
    const body: unknown = await response.json();
    return typeof body === "object" && body !== null ? (body as Body) : {};
  } catch {
    return {};
  }
}

/** The sentence the server gave with a refusal, or `otherwise`. */
export function message(body: Body, otherwise: string): string {
  const parts = [body.message, body.advice].filter(
    (part): part is string => typeof part === "string" && part !== "",
  );
  return parts.length ? parts.join(" ") : otherwise;
}

export function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
