/* A group without a server in between: every pair has a connection of its own and is verified by
   itself. What a page needs to know of it, as a state machine over frozen values.

   Rules: nothing of mine goes to a seat, and nothing of theirs is shown, before our pair is verified;
   one pair that is stopped stops no other. How many meet so, and how many by a server, the practice
   says (`rules_several`). */

export type Pair = "absent" | "connecting" | "comparing" | "verified" | "broken" | "stopped";

export interface Seat {
  readonly seat: number;
  readonly pair: Pair;
  /** Why it stopped, a sentence; empty otherwise. */
  readonly why: string;
}

export interface Mesh {
  readonly me: number;
  readonly seats: readonly Seat[];
}

export type MeshEvent =
  | { is: "here" | "compare" | "verified" | "cut" | "left"; seat: number }
  | { is: "stopped"; seat: number; why: string };

/** A group of `size` seats in which nobody else is here yet. */
export function emptyMesh(me: number, size: number): Mesh {
  const seats = Array.from(
    { length: size },
    (_, seat): Seat => ({ seat, pair: "absent", why: "" }),
  );
  return { me, seats: seats.filter(({ seat }) => seat !== me) };
}

/** The next state. What a stopped pair says afterwards changes nothing: only a new call does. */
export function meshAfter(mesh: Mesh, event: MeshEvent): Mesh {
  const seats = mesh.seats.map(one => (one.seat === event.seat ? seatAfter(one, event) : one));
  return { ...mesh, seats };
}

function seatAfter(one: Seat, event: MeshEvent): Seat {
  if (one.pair === "stopped") return one;
  switch (event.is) {
    case "here":
      return one.pair === "absent" ? { ...one, pair: "connecting" } : one;
    case "compare":
      return one.pair === "connecting" ? { ...one, pair: "comparing" } : one;
    case "verified":
      return one.pair === "absent" ? one : { ...one, pair: "verified" };
    case "cut":
      // The pair that comes back proves itself again before anything is shown.
      return one.pair === "absent" ? one : { ...one, pair: "broken" };
    case "left":
      return { ...one, pair: "absent" };
    default:
      return { ...one, pair: "stopped", why: event.why };
  }
}

/** The seats to which my camera and microphone go, and whose I show: the same ones. */
export function open(mesh: Mesh): number[] {
  return mesh.seats.filter(({ pair }) => pair === "verified").map(({ seat }) => seat);
}

/** Who of a pair makes the offer, and gives way when both do: the lower and the higher seat. */
export function offers(me: number, other: number): boolean {
  return me < other;
}

export interface Quality {
  width: number;
  height: number;
  frameRate: number;
  /** Bits a second to each seat. */
  most: number;
}

/** What each sends to each, by how many are there: every picture is encoded once for each pair, so a
   group of ten costs nine times a pair. Estimates, to be bettered by what a line says of itself. */
export function quality(people: number): Quality {
  if (people <= 2) return { width: 1280, height: 720, frameRate: 30, most: 1_500_000 };
  if (people <= 4) return { width: 640, height: 360, frameRate: 24, most: 500_000 };
  if (people <= 6) return { width: 480, height: 270, frameRate: 20, most: 250_000 };
  return { width: 320, height: 180, frameRate: 15, most: 120_000 };
}

/** What each sends to a server that carries it: once, and ten of the kind come back. An estimate. */
export const CARRIED: Quality = { width: 480, height: 270, frameRate: 20, most: 250_000 };

/** How tiles stand: columns and rows for so many on a surface this wide and high, so that a 16:9
   picture is as large as it can be. */
export function tiles(
  count: number,
  width: number,
  height: number,
): [columns: number, rows: number] {
  let best: [number, number] = [1, Math.max(1, count)];
  let largest = 0;
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const side = Math.min(width / columns, ((height / rows) * 16) / 9);
    if (side > largest) [largest, best] = [side, [columns, rows]];
  }
  return best;
}
