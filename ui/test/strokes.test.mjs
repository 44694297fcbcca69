/* The whiteboard: pages that heard the same show the same, and whoever comes later is handed all of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";

const { outputFiles } = await build({
  stdin: {
    contents: 'export * from "./strokes"; export * from "./handover";',
    resolveDir: new URL("../src/call", import.meta.url).pathname,
    loader: "ts",
  },
  bundle: true,
  write: false,
  format: "esm",
});
const board = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`
);
const { MARK, read, Strokes, Handover, MOST_POINTS, LONGEST, PAUSE } = board;

/** The same figures at each run. */
function figures(seed) {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const seen = strokes => [strokes.have.wipes, strokes.all.map(String).sort()];

test("what is malformed is refused as a whole, and what is no line of the board is none of its business", () => {
  assert.equal(board.ofBoard("We draw"), false);
  const long = Array(LONGEST + 1)
    .fill("1,1")
    .join(" ");
  for (const bad of [
    "",
    "3",
    "3 ",
    "3 1,2 x",
    "3 1,2  3,4",
    "3 1000,2",
    "3 1,625",
    "3 -1,2",
    "3 1.5,2",
    "x 1,2",
    "99999999999 -",
    "3 =1",
    "3 =999999 0",
    "3 =1 zz",
    "?!",
    "..",
    `3 ${long}`,
    "3 1,2\n3,4",
  ]) {
    assert.equal(read(MARK + bad), null, bad);
    assert.equal(board.ofBoard(MARK + bad), true);
  }
  assert.deepEqual(read(`${MARK}3 1,2 3,4`), {
    is: "stroke",
    wipes: 3,
    points: [
      [1, 2],
      [3, 4],
    ],
  });
});

/** Four pages; what one tells another arrives in its order, as a channel has it. */
function four() {
  const pages = [0, 1, 2, 3].map(() => new Strokes());
  const away = pages.map(() => pages.map(() => []));
  const tell = (from, lines) => {
    for (let to = 0; to < pages.length; to++) if (to !== from) away[from][to].push(...lines);
  };
  const deliver = (from, to) => {
    const line = away[from][to].shift();
    if (line) pages[to].take(read(line));
  };
  const left = () => away.flat().some(lines => lines.length);
  return { pages, away, tell, deliver, left };
}

/** Something that happens among them. */
function happens({ pages, away, tell, deliver }, by) {
  const [one, other, what] = [by(4), by(4), by(6)];
  if (what === 0) tell(one, [pages[one].wipe()]);
  else if (what === 1) away[one][other].push(...pages[one].whole());
  else if (what < 4)
    tell(one, [
      pages[one].draw([
        [by(1000), by(625)],
        [by(9), by(9)],
      ]),
    ]);
  else deliver(one, other);
}

test("in whatever order strokes, wipes and whole boards arrive, all boards end alike", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const [all, by] = [four(), figures(seed)];
    for (let step = 0; step < 60; step++) happens(all, by);
    while (all.left()) all.deliver(by(4), by(4));
    const [first, ...others] = all.pages;
    for (const page of others) {
      assert.deepEqual(seen(page), seen(first), `seed ${seed}`);
      assert.equal(page.have.sum, first.have.sum);
    }
  }
});

test("a stroke of before the last wipe stays wiped, also when a board of then is handed over", () => {
  const [late, wiped] = [new Strokes(), new Strokes()];
  late.draw([
    [1, 1],
    [2, 2],
  ]);
  const old = late.whole();
  for (const line of old) wiped.take(read(line));
  wiped.wipe();
  for (const line of old) wiped.take(read(line));
  assert.deepEqual(wiped.all, []);
});

test("a board takes so many points and no more, from whomever", () => {
  const full = new Strokes();
  let taken = 0;
  for (let nth = 0; nth < MOST_POINTS; nth++) {
    const points = Array.from({ length: LONGEST }, (_, one) => [(nth * 7 + one) % 1000, nth % 625]);
    const changed = full.take({ is: "stroke", wipes: 0, points });
    taken += changed.stroke ? LONGEST : 0;
    if (changed.full) break;
  }
  assert.ok(taken <= MOST_POINTS && taken > MOST_POINTS - LONGEST);
  assert.equal(full.have.points, taken);
  assert.equal(full.draw(Array(LONGEST).fill([0, 0])), null, "nor of one's own");
  const lines = full.whole();
  assert.ok(lines.every(line => JSON.stringify({ k: "chat", text: line }).length < 4_000));
  assert.ok(lines.join("").length < 200_000);
  const other = new Strokes();
  for (const line of lines) other.take(read(line));
  assert.deepEqual(seen(other), seen(full), "what one may have, one can hand over");
  full.wipe();
  assert.ok(
    full.draw([
      [0, 0],
      [1, 1],
    ]),
    "wiped, it takes strokes again",
  );
});

/** Seats joined by channels that keep their order; `cut` seats say nothing. */
function table(many) {
  const lines = [];
  const cut = new Set();
  const seats = Array.from({ length: many }, (_, me) => {
    const strokes = new Strokes();
    const say = (to, said) => {
      if (cut.has(me)) return false;
      lines.push([me, to, said]);
      return true;
    };
    return { strokes, handover: new Handover(strokes, say) };
  });
  const settle = now => {
    for (let line = lines.shift(); line; line = lines.shift()) {
      const [from, to, text] = line;
      if (cut.has(to)) continue;
      const said = read(text);
      seats[to].handover.heard(from, said, now);
      seats[to].strokes.take(said);
    }
  };
  return { seats, lines, cut, settle };
}

test("whoever comes last asks one of ten, and is handed all", () => {
  const { seats, lines, settle } = table(11);
  for (const { strokes } of seats.slice(0, 10))
    strokes.draw([
      [1, 1],
      [2, 2],
    ]);
  const late = 10;
  for (let seat = 0; seat < 10; seat++) {
    seats[seat].handover.met(late);
    seats[late].handover.met(seat);
  }
  const asks = [];
  const push = lines.push.bind(lines);
  lines.push = line => {
    if (line[2] === board.ASK) asks.push(line);
    return push(line);
  };
  settle(0);
  assert.deepEqual(seats[late].strokes.all, [
    [
      [1, 1],
      [2, 2],
    ],
  ]);
  assert.deepEqual(
    asks.map(([from]) => from),
    [late],
  );
  assert.equal(seats[late].handover.waits, false);
});

test("a seat that is asked and says nothing is not waited for", () => {
  const { seats, lines, cut, settle } = table(3);
  for (const { strokes } of seats.slice(0, 2))
    strokes.draw([
      [1, 1],
      [2, 2],
    ]);
  for (const seat of [0, 1]) seats[seat].handover.met(2);
  const [first] = [lines[0][0]];
  settleUntilAsked();
  assert.deepEqual(seats[2].strokes.all, []);
  seats[2].handover.passed(PAUSE - 1);
  settle(PAUSE - 1);
  assert.deepEqual(seats[2].strokes.all, []);
  seats[2].handover.passed(PAUSE);
  settle(PAUSE);
  assert.equal(seats[2].strokes.all.length, 1);

  function settleUntilAsked() {
    while (lines.length && lines[0][2] !== board.ASK) {
      const [from, to, text] = lines.shift();
      seats[to].handover.heard(from, read(text), 0);
    }
    cut.add(first); // gone, just as it was asked
    lines.splice(0, lines.length, ...lines.filter(([, , text]) => text !== board.ASK));
  }
});

test("asking without end is answered once in a while", () => {
  const { seats, lines } = table(2);
  seats[0].strokes.draw([
    [1, 1],
    [2, 2],
  ]);
  for (let nth = 0; nth < 100; nth++) seats[0].handover.heard(1, read(board.ASK), nth);
  assert.equal(lines.length, 3, "a wipe, a stroke, the end");
  seats[0].handover.heard(1, read(board.ASK), PAUSE + 100);
  assert.equal(lines.length, 6);
});
