/* Groups in which every pair is verified: what shows when, and one code for all. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";

async function load(name) {
  const { outputFiles } = await build({
    entryPoints: [new URL(`../src/call/${name}.ts`, import.meta.url).pathname],
    bundle: true,
    write: false,
    format: "esm",
  });
  return import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`
  );
}

const mesh = await load("mesh");
const codes = await load("meshcode");

const EVENTS = ["here", "compare", "verified", "cut", "left", "stopped"];

test("in every order of five events, a pair shows only while it is verified, and stopped stays", () => {
  const walk = (state, before, left) => {
    const [{ pair, why }] = state.seats;
    assert.deepEqual(mesh.open(state), pair === "verified" ? [1] : []);
    if (before.includes("stopped")) assert.deepEqual([pair, why], ["stopped", "No."]);
    if (pair === "verified") assert.equal(before.at(-1) !== "cut" && before.includes("here"), true);
    if (!left) return;
    for (const is of EVENTS) {
      walk(mesh.meshAfter(state, { is, seat: 1, why: "No." }), [...before, is], left - 1);
    }
  };
  walk(mesh.emptyMesh(0, 2), [], 5);
});

test("one pair that is stopped stops no other", () => {
  let state = mesh.emptyMesh(2, 4);
  for (const seat of [0, 1, 3]) {
    for (const is of ["here", "verified"]) state = mesh.meshAfter(state, { is, seat });
  }
  state = mesh.meshAfter(state, { is: "stopped", seat: 1, why: "A changed key." });
  assert.deepEqual(mesh.open(state), [0, 3]);
});

test("of every pair exactly one makes the offer", () => {
  for (let me = 0; me < 10; me += 1) {
    for (let other = 0; other < 10; other += 1) {
      if (me !== other) assert.notEqual(mesh.offers(me, other), mesh.offers(other, me));
    }
  }
});

test("ten send no more in all than a few do, and tiles hold everybody", () => {
  for (let people = 2; people <= 10; people += 1) {
    assert.ok(mesh.quality(people).most * (people - 1) <= 1_600_000);
    for (const [width, height] of [
      [1280, 800],
      [390, 700],
      [1, 1000],
    ]) {
      const [columns, rows] = mesh.tiles(people, width, height);
      assert.ok(columns * rows >= people && (columns - 1) * rows < people);
    }
  }
  assert.deepEqual(mesh.tiles(4, 1280, 720), [2, 2]);
  assert.deepEqual(mesh.tiles(3, 390, 700), [1, 3]);
});

const upTo = size => Array.from({ length: size }, (_, number) => number);

const seat = (number, size = 4) => ({
  seat: number,
  key: Uint8Array.from({ length: 65 }, (_, at) => (at * number + size) % 256),
  nonce: crypto.getRandomValues(new Uint8Array(32)),
});

async function together(size, views) {
  const all = Array.from({ length: size }, (_, number) => seat(number, size));
  const states = await Promise.all(all.map(one => codes.beginCode("a room", upTo(size), one)));
  const said = (to, of) => views?.(to, of) ?? all[of];
  for (let to = 0; to < size; to += 1) {
    for (let of = 0; of < size; of += 1) {
      if (to === of) continue;
      const value = await codes.commitment("a room", upTo(size), said(to, of));
      states[to] = codes.heardCommitment(states[to], of, value);
    }
  }
  assert.ok(states.every(codes.mayReveal));
  for (let to = 0; to < size; to += 1) {
    for (let of = 0; of < size; of += 1) {
      if (to !== of) states[to] = await codes.heardReveal(states[to], said(to, of));
    }
  }
  return Promise.all(states.map(codes.code));
}

test("all see the same four words when all see the same keys", async () => {
  for (const size of [2, 3, 10]) {
    const seen = await together(size);
    assert.equal(new Set(seen.map(String)).size, 1);
    assert.ok(seen[0].length === 4 && seen[0].every(word => word >= 0 && word < 2048));
  }
});

test("one who stands between two of them shows each other words", async () => {
  const [toAda, toDov] = [seat(7), seat(8)]; // what is said to seat 0 of seat 1, and the other way
  const between = (to, of) => {
    if (to === 0 && of === 1) return { ...toAda, seat: 1 };
    return to === 1 && of === 0 ? { ...toDov, seat: 0 } : undefined;
  };
  const [ada, dov] = await together(3, between);
  assert.notDeepEqual(ada, dov);
});

test("nobody reveals before all have committed, and nothing is changed after that", async () => {
  const [mine, other, third] = [seat(0, 3), seat(1, 3), seat(2, 3)];
  let state = await codes.beginCode("a room", upTo(3), mine);
  const value = one => codes.commitment("a room", upTo(3), one);
  state = codes.heardCommitment(state, 1, await value(other));
  assert.equal(codes.mayReveal(state), false);
  state = codes.heardCommitment(state, 2, await value(third));
  assert.equal(codes.mayReveal(state), true);
  const attacks = [
    async one => codes.heardReveal(one, { ...other, nonce: seat(1).nonce }),
    async one => codes.heardReveal(one, { ...other, key: third.key }),
    async one => codes.heardReveal(one, { ...other, seat: 2 }),
    async one => codes.heardReveal(one, { ...other, nonce: other.nonce.slice(1) }),
    async one => codes.heardCommitment(one, 1, await value(third)),
    async one => codes.heardCommitment(one, 3, await value(third)),
    async one => codes.heardCommitment(one, 2, "not one"),
    async one => codes.heardCommitment(one, 0, await value(other)),
  ];
  for (const attack of attacks) {
    const broken = await attack(state);
    assert.equal(broken.broken, true);
    assert.equal(await codes.code(broken), null);
  }
});

test("whoever may choose last finds a word in some thousand tries: so nobody may", async () => {
  const word = async one => (await codes.code(await codes.beginCode("a room", upTo(1), one)))[3];
  const wanted = await word(seat(0));
  const mine = { ...seat(0), nonce: new Uint8Array(32) };
  let tries = 0;
  do {
    new DataView(mine.nonce.buffer).setUint32(0, tries++);
  } while ((await word(mine)) !== wanted && tries < 30_000);
  assert.ok(tries < 30_000);
});
