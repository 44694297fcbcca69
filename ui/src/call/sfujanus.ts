/* Janus behind the interface of sfu.ts: its videoroom, over its WebSocket.

   One session; a handle for what is published and one for each feed that is received. Messages are
   answered by their transaction; what belongs to a handle bears its number as `sender`.

   A server that hangs takes a connection and says nothing: whoever comes in waits OPENS for it, and
   in mid-call it is asked every KEEP_ALIVE whether it lives; SILENCES are told like an end. */
import type { Ears, Feed, Sfu, SfuTicket, What } from "./sfu";

const KEEP_ALIVE = 3_000;
const SILENCES = 2; // one may be the fault of a page that was busy
const OPENS = 5_000;
const PATIENCE = 10_000;

const SILENT = "The server that carries the call does not answer.";

interface Jsep {
  type: "offer" | "answer";
  sdp: string;
}
interface Message {
  janus: string;
  transaction?: string;
  sender?: number;
  data?: { id: number };
  error?: { code: number; reason: string };
  plugindata?: { data: Told };
  jsep?: Jsep;
}
interface Told {
  videoroom?: string;
  publishers?: { id: string; display?: string }[];
  unpublished?: string;
  leaving?: string;
  /** Of a feed that is received: which place of the connection is what. */
  streams?: { mid: string; type: string }[];
  error?: string;
  error_code?: number;
}
interface Answer {
  told: Told;
  jsep: Jsep | undefined;
  id: number;
}
type Waiting = { resolve: (answer: Answer) => void; reject: (why: Error) => void };

/** A room at Janus that this ticket opens. Rejects with a sentence when it does not. */
export async function joinJanus(ticket: SfuTicket): Promise<Sfu> {
  const line = new Line(ticket);
  try {
    await line.opened;
    const room = new JanusRoom(line, ticket);
    await room.join();
    return room;
  } catch (why) {
    line.close();
    throw why;
  }
}

class JanusRoom implements Sfu {
  #line: Line;
  #ticket: SfuTicket;
  #ears: Ears | null = null;
  /** What was told before somebody listened. */
  #early: Told[] = [];
  #publishing = new Map<What, number>();
  #receiving = new Map<string, { handle: number; pictures: string[] }>();

  constructor(line: Line, ticket: SfuTicket) {
    this.#line = line;
    this.#ticket = ticket;
    line.onlost = why => this.#ears?.lost(why);
  }

  /** Be in the room without sending, so as to hear who comes. */
  async join(): Promise<void> {
    await this.#line.begin();
    const handle = await this.#line.attach(told => this.#heed(told));
    const { told } = await this.#line.ask(handle, this.#entry("listens"));
    this.#heed(told);
  }

  listen(ears: Ears): void {
    this.#ears = ears;
    for (const told of this.#early.splice(0)) this.#heed(told);
  }

  async publish(connection: RTCPeerConnection, what: What): Promise<void> {
    const handle = await this.#line.attach(() => undefined);
    this.#publishing.set(what, handle);
    await this.#line.ask(handle, this.#entry(what));
    this.#line.trickle(handle, connection);
    await connection.setLocalDescription();
    const body = { request: "publish", audiocodec: "opus", videocodec: "vp8" };
    const { jsep } = await this.#line.ask(handle, body, connection.localDescription);
    if (!jsep) throw new Error("The server that carries the call did not answer the offer.");
    await connection.setRemoteDescription(jsep);
  }

  async unpublish(what: What): Promise<void> {
    const handle = this.#publishing.get(what);
    this.#publishing.delete(what);
    if (handle !== undefined) await this.#line.detach(handle);
  }

  async subscribe(connection: RTCPeerConnection, feed: Feed): Promise<void> {
    const { room, entry } = this.#ticket;
    const handle = await this.#line.attach(() => undefined);
    const streams = [{ feed: feed.id }];
    const join = { request: "join", ptype: "subscriber", room, streams, token: entry };
    const { jsep, told } = await this.#line.ask(handle, join);
    const pictures = (told.streams ?? []).filter(({ type }) => type === "video");
    this.#receiving.set(feed.id, { handle, pictures: pictures.map(({ mid }) => mid) });
    if (!jsep) throw new Error("The server that carries the call offered nothing of this seat.");
    this.#line.trickle(handle, connection);
    await connection.setRemoteDescription(jsep);
    await connection.setLocalDescription();
    await this.#line.ask(handle, { request: "start", room }, connection.localDescription);
  }

  unsubscribe(id: string): void {
    const one = this.#receiving.get(id);
    this.#receiving.delete(id);
    if (one) void this.#line.detach(one.handle).catch(() => undefined); // it went by itself
  }

  async pictures(feed: Feed, on: boolean): Promise<void> {
    const one = this.#receiving.get(feed.id);
    if (!one) return;
    const streams = one.pictures.map(mid => ({ mid, send: on }));
    await this.#line.ask(one.handle, { request: "configure", streams });
  }

  leave(): void {
    this.#line.close();
  }

  #entry(as: What | "listens"): object {
    const { room, seat, entry } = this.#ticket;
    const display = `${seat} ${as}`;
    return { request: "join", ptype: "publisher", room, display, token: entry };
  }

  #heed(told: Told): void {
    if (!this.#ears) {
      this.#early.push(told);
      return;
    }
    for (const { id, display } of told.publishers ?? []) {
      const [seat, what] = (display ?? "").split(" ");
      if (what === "person" || what === "screen") this.#ears.feed({ id, seat: Number(seat), what });
    }
    const gone = told.unpublished ?? told.leaving;
    if (gone) this.#ears.gone(gone);
  }
}

/** The WebSocket: who asked gets the answer, whoever has a handle gets what happens on it. */
class Line {
  readonly opened: Promise<void>;
  onlost: ((why: string) => void) | null = null;
  #socket: WebSocket;
  #session = 0;
  #token: string;
  #next = 1;
  #waiting = new Map<string, Waiting>();
  #handles = new Map<number, (told: Told) => void>();
  #beat = 0;
  /** How often it was asked for a sign of life since it gave one. */
  #unheard = 0;

  constructor({ address, token }: SfuTicket) {
    this.#token = token;
    this.#socket = new WebSocket(address, "janus-protocol");
    this.opened = new Promise((resolve, reject) => {
      const clock = self.setTimeout(() => {
        reject(new Error(SILENT));
        this.close();
      }, OPENS);
      this.#socket.onopen = () => {
        self.clearTimeout(clock);
        resolve();
      };
      this.#socket.onerror = () => {
        self.clearTimeout(clock);
        reject(new Error("The server that carries calls of many cannot be reached."));
      };
    });
    this.#socket.onmessage = ({ data }) => this.#heed(JSON.parse(data) as Message);
    this.#socket.onclose = () => this.#lost("The server that carries the call is gone.");
  }

  async begin(): Promise<void> {
    this.#session = (await this.#say({ janus: "create" })).id;
    this.#lives();
  }

  /** Ask for a sign of life; who gives none hangs. */
  #lives(): void {
    if (this.#unheard === SILENCES) {
      this.#socket.onclose = null;
      this.#socket.close();
      this.#lost(SILENT);
      return;
    }
    this.#unheard += 1;
    this.#post({ janus: "keepalive", transaction: "alive" });
    this.#beat = self.setTimeout(() => this.#lives(), KEEP_ALIVE);
  }

  async attach(heed: (told: Told) => void): Promise<number> {
    const { id } = await this.#say({ janus: "attach", plugin: "janus.plugin.videoroom" });
    this.#handles.set(id, heed);
    return id;
  }

  async ask(handle: number, body: object, description?: Jsep | RTCSessionDescription | null) {
    const jsep = description
      ? { type: description.type, sdp: description.sdp, e2ee: true }
      : undefined;
    const answer = await this.#say({ janus: "message", handle_id: handle, body, jsep });
    if (answer.told.error) {
      throw new Error(`The server that carries the call refused: ${answer.told.error}.`);
    }
    return answer;
  }

  async detach(handle: number): Promise<void> {
    this.#handles.delete(handle);
    await this.#say({ janus: "detach", handle_id: handle });
  }

  trickle(handle: number, connection: RTCPeerConnection): void {
    connection.onicecandidate = ({ candidate }) => {
      const told = candidate ? candidate.toJSON() : { completed: true };
      const transaction = String(this.#next++);
      this.#post({ janus: "trickle", transaction, handle_id: handle, candidate: told });
    };
  }

  close(): void {
    self.clearTimeout(this.#beat);
    this.#socket.onclose = null;
    if (this.#session) this.#post({ janus: "destroy", transaction: "end" });
    this.#socket.close();
  }

  #say(message: object): Promise<Answer> {
    const transaction = String(this.#next++);
    return new Promise((resolve, reject) => {
      const tooLate = () => reject(new Error(SILENT));
      const clock = self.setTimeout(tooLate, PATIENCE);
      const settled = () => {
        self.clearTimeout(clock);
        this.#waiting.delete(transaction);
      };
      this.#waiting.set(transaction, {
        resolve: answer => {
          settled();
          resolve(answer);
        },
        reject: why => {
          settled();
          reject(why);
        },
      });
      this.#post({ ...message, transaction });
    });
  }

  #post(message: object): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    const session = this.#session ? { session_id: this.#session } : {};
    this.#socket.send(JSON.stringify({ ...message, ...session, token: this.#token }));
  }

  #heed(message: Message): void {
    this.#unheard = 0;
    if (message.janus === "ack") return; // the answer follows as an event
    const waiting = this.#waiting.get(message.transaction ?? "");
    const told = message.plugindata?.data ?? {};
    if (message.janus === "error") {
      const why = message.error?.reason ?? "no reason was given";
      waiting?.reject(new Error(`The server that carries the call refused: ${why}.`));
    } else if (waiting) {
      waiting.resolve({ told, jsep: message.jsep, id: message.data?.id ?? 0 });
    } else if (message.janus === "timeout") {
      this.#lost("The server that carries the call is gone.");
    } else {
      this.#handles.get(message.sender ?? 0)?.(told);
    }
  }

  #lost(why: string): void {
    self.clearTimeout(this.#beat);
    for (const { reject } of this.#waiting.values()) reject(new Error(why));
    this.onlost?.(why);
  }
}
