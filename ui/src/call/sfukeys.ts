/* Whose secret is sent to whom, and from when it is used, in a call that a server carries.

   Each seat seals what it sends under a secret of its own and gives it to the others over the
   verified channel of each pair. Rules:
   - whoever joins never gets a secret that was used before, whoever left never gets a later one;
   - a new secret is used as soon as all who are here have said that they hold it; after `PATIENCE`
     it is used anyway: who missed it misses pictures, and nobody hears more than they should;
   - of another seat's secrets the present one and the one before are kept, for frames on their way.

   A state machine over frozen values: `keysAfter(state, event)` gives the next state and what is to
   be done. Random secrets come with the events. */

export const PATIENCE = 2000;
/** Milliseconds. */

export interface Secret {
  epoch: number;
  secret: Uint8Array<ArrayBuffer>;
}

export interface Keys {
  readonly me: number;
  /** Seats that are here and verified, without me. */
  readonly others: ReadonlySet<number>;
  /** What I seal under, and what I shall seal under once those in `wanting` hold it. */
  readonly used: Secret | null;
  readonly coming: Secret | null;
  readonly wanting: ReadonlySet<number>;
}

interface Change {
  is: "joined" | "left";
  seat: number;
  secret: Uint8Array<ArrayBuffer>;
}

export type KeyEvent =
  | Change
  | { is: "wanted"; seat: number }
  | { is: "held"; seat: number; epoch: number }
  | { is: "given"; seat: number; key: Secret }
  | { is: "late"; epoch: number };

export type Deed =
  | { do: "give"; to: number; key: Secret }
  | { do: "say held"; to: number; epoch: number }
  | { do: "seal under"; key: Secret }
  | { do: "open under"; seat: number; key: Secret }
  | { do: "forget"; seat: number; before: number }
  | { do: "wait"; epoch: number };

export type Step = [Keys, Deed[]];

/** A seat that is alone. */
export function aloneAt(me: number): Keys {
  return { me, others: new Set(), used: null, coming: null, wanting: new Set() };
}

/** What an event changes, and what is to be done, in this order. */
export function keysAfter(state: Keys, event: KeyEvent): Step {
  switch (event.is) {
    case "joined":
    case "left":
      return changed(state, event);
    case "given":
      return [state, taken(state, event)];
    case "wanted":
      return [state, givenTo(state, event.seat)];
    default:
      return held(state, event);
  }
}

type Held = { is: "held"; seat: number; epoch: number } | { is: "late"; epoch: number };

function held(state: Keys, event: Held): Step {
  const { coming } = state;
  if (!coming || coming.epoch !== event.epoch) return [state, []]; // an answer to an older secret
  if (event.is === "late") return used({ ...state, wanting: new Set() });
  const wanting = without(state.wanting, event.seat);
  return wanting.size ? [{ ...state, wanting }, []] : used({ ...state, wanting });
}

function changed(state: Keys, { is, seat, secret }: Change): Step {
  if (seat === state.me || (is === "left" && !state.others.has(seat))) return [state, []];
  const others = without(state.others, seat);
  if (is === "joined") others.add(seat);
  const epoch = (state.coming ?? state.used ?? { epoch: 0 }).epoch + 1;
  const coming = { epoch, secret };
  const gone: Deed[] = is === "left" ? [{ do: "forget", seat, before: Number.MAX_VALUE }] : [];
  const next = { ...state, others, coming, wanting: new Set(others) };
  if (!others.size) return after(used(next), gone);
  const gives = [...others].map((to): Deed => ({ do: "give", to, key: coming }));
  return [next, [...gone, ...gives, { do: "wait", epoch }]];
}

function used(state: Keys): Step {
  const key = state.coming;
  if (!key) return [state, []];
  return [{ ...state, used: key, coming: null }, [{ do: "seal under", key }]];
}

/** A secret counts only from a seat that is here; whoever left cannot come back by sending one. */
function taken(state: Keys, { seat, key }: { seat: number; key: Secret }): Deed[] {
  if (!state.others.has(seat)) return [];
  return [
    { do: "open under", seat, key },
    { do: "forget", seat, before: key.epoch - 1 },
    { do: "say held", to: seat, epoch: key.epoch },
  ];
}

/** Whoever was not listening yet when a secret was sent asks for it. */
function givenTo(state: Keys, seat: number): Deed[] {
  const key = state.coming ?? state.used;
  return key && state.others.has(seat) ? [{ do: "give", to: seat, key }] : [];
}

function after([state, deeds]: Step, first: Deed[]): Step {
  return [state, [...first, ...deeds]];
}

function without(seats: ReadonlySet<number>, seat: number): Set<number> {
  return new Set([...seats].filter(one => one !== seat));
}
