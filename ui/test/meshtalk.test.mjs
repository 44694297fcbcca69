/* One code for a group, talked over a line that may lie. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";

const { outputFiles } = await build({
  entryPoints: [new URL("../src/call/meshtalk.ts", import.meta.url).pathname],
  bundle: true,
  write: false,
  format: "esm",
});
const { GroupTalk } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`
);

const keyOf = seat => Uint8Array.from({ length: 65 }, (_, at) => (at * 7 + seat * 31) % 256);
const theirs = (_, seat) => keyOf(seat);

/* So many seats on one line. `proven(me, seat)`: the key that the pair proved, for me; `lie`: what the
   line makes of a message. */
async function spoken(
  size,
  { proven = theirs, lie = (_, __, said) => said, late = -1, roll } = {},
) {
  const post = [];
  const words = Array(size).fill(null);
  const others = me => [...Array(size).keys()].filter(seat => seat !== me);
  const known = me => (me === late ? [] : others(me));
  const talks = words.map(
    (_, me) =>
      new GroupTalk("a room", me, keyOf(me), {
        say: (to, said) => post.push([me, to, said]),
        key: seat => proven(me, seat),
        words: numbers => {
          words[me] = numbers && String(numbers);
        },
      }),
  );
  await talks[0].begin(others(0));
  while (post.length) {
    const at = roll ? firstOf(post, roll(post.length)) : 0;
    const [[from, to, said]] = post.splice(at, 1);
    const told = lie(from, to, said);
    if (told) await talks[to].hear(from, told, known(to));
    if (!post.length && late >= 0) {
      await talks[late].again(others(late));
      late = -1;
    }
  }
  return { words, talks };
}

/* The line keeps the order of each pair, and no other. */
function firstOf(post, at) {
  const [from, to] = post[at];
  return post.findIndex(one => one[0] === from && one[1] === to);
}

function chance(seed) {
  let state = seed;
  return end => {
    state = (state * 48271) % 2147483647;
    return state % end;
  };
}

test("all read the same, in whatever order the line brings it", async () => {
  for (let seed = 1; seed <= 25; seed += 1) {
    const { words, talks } = await spoken(2 + (seed % 5), { roll: chance(seed) });
    assert.ok(words[0]);
    assert.equal(new Set(words).size, 1);
    assert.deepEqual(talks[1].agreed().length, words.length - 1);
  }
});

test("who is proven later joins the round that waits", async () => {
  const { words } = await spoken(4, { late: 2 });
  assert.ok(words[0]);
  assert.equal(new Set(words).size, 1);
});

/* Seats whose pairs are proven one by one, as a page tells it: a seat knows at once that a pair is
   proven, and asks `again` a while later. The first asks for a round twice, as it does when the last
   pair is proven while it was still asking. The line of a seat that is `away` swallows a part of what
   goes to it and comes from it, and then returns. */
async function gathered(size, chosen, away = -1) {
  const post = [];
  const words = Array(size).fill(null);
  const known = words.map((_, me) => (me === 0 ? words.map((_, one) => one).slice(1) : []));
  const steps = [];
  const talks = words.map(
    (_, me) =>
      new GroupTalk("a room", me, keyOf(me), {
        say: (to, said) => {
          const lost = [me, to].includes(away) && chosen(3) === 0;
          if (!lost) post.push([me, to, said]);
        },
        key: keyOf,
        words: numbers => {
          words[me] = numbers && String(numbers);
        },
      }),
  );
  for (const me of known.keys()) {
    const others = [...known.keys()].filter(one => me > 0 && one !== me);
    steps.push(...others.map(one => [me, () => known[me].push(one)]));
  }
  await talks[0].begin(known[0]);
  await talks[0].begin(known[0]);
  while (post.length || steps.length) {
    const at = chosen(post.length + steps.length);
    if (at < post.length) {
      const [[from, to, said]] = post.splice(firstOf(post, at), 1);
      await talks[to].hear(from, said, known[to]);
    } else {
      const [[me, step]] = steps.splice(at - post.length, 1);
      if (step === "again") await talks[me].again(known[me]);
      else {
        step();
        steps.push([me, "again"]);
      }
    }
    if (!post.length && !steps.length && away >= 0) {
      const back = away;
      away = -1;
      for (const one of known[back]) {
        talks[one].tellAgain(back);
        talks[back].tellAgain(one);
      }
    }
  }
  return words;
}

test("two rounds asked for at once, and pairs proven in whatever order: all read the same", async () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const words = await gathered(3 + (seed % 3), chance(seed));
    assert.ok(words[0], `seed ${seed}`);
    assert.equal(new Set(words).size, 1, `seed ${seed}: ${words}`);
  }
});

test("a seat whose line was away hears once more what it missed, and says what was not heard", async () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const words = await gathered(3 + (seed % 3), chance(seed), seed % 3);
    assert.ok(words[0], `seed ${seed}`);
    assert.equal(new Set(words).size, 1, `seed ${seed}: ${words}`);
  }
});

test("a line that shows another key than the pair proved is found, and nobody reads words with it", async () => {
  const lie = (from, to, said) =>
    said.key && from === 1 && to === 0 ? { ...said, key: said.key.replace(/^./, "_") } : said;
  const { words, talks } = await spoken(3, { lie });
  assert.equal(words[0], null);
  assert.deepEqual(talks[0].agreed(), []);
});

test("whoever stands between two of three makes them read different words", async () => {
  // To seat 0 the one between is seat 1, with key 11; to seat 1 it is seat 0, with key 10. It plays
  // both parts as well as it can: a talk of its own towards each.
  const heard = { 0: [], 1: [] };
  const between = { 0: null, 1: null };
  const words = [null, null];
  const real = [0, 1].map(
    me =>
      new GroupTalk("a room", me, keyOf(me), {
        say: (_, said) => heard[me].push(said),
        key: () => keyOf(me === 0 ? 11 : 10),
        words: numbers => {
          words[me] = numbers && String(numbers);
        },
      }),
  );
  const out = { 0: [], 1: [] };
  for (const me of [0, 1]) {
    between[me] = new GroupTalk("a room", 1 - me, keyOf(me === 0 ? 11 : 10), {
      say: (_, said) => out[me].push(said),
      key: () => keyOf(me),
      words: () => undefined,
    });
  }
  await real[0].begin([1]);
  await real[1].begin([0]);
  for (let turn = 0; turn < 4; turn += 1) {
    for (const me of [0, 1]) {
      for (const said of heard[me].splice(0)) await between[me].hear(me, said, [me]);
      for (const said of out[me].splice(0)) await real[me].hear(1 - me, said, [1 - me]);
    }
  }
  assert.ok(words[0] && words[1]);
  assert.notEqual(words[0], words[1]);
});

test("a round that is out of reach, a stranger's or not understood changes nothing", async () => {
  const said = [];
  const talk = new GroupTalk("a room", 0, keyOf(0), {
    say: (to, message) => said.push([to, message]),
    key: keyOf,
    words: () => undefined,
  });
  const seats = [0, 1];
  for (const round of [Number.NaN, "x", 1e9, -1, 0.5]) {
    await talk.hear(1, { round, seats, commitment: "a" }, [1]);
  }
  await talk.hear(1, { round: 1, seats: [0, 1, 2], commitment: "a" }, [1]);
  assert.deepEqual(said, []);
  await talk.hear(1, { round: 1, seats, commitment: "not one" }, [1]);
  assert.deepEqual(talk.agreed(), []);
  assert.equal(said.length, 1, "it joined, said its own commitment, and reveals nothing");
});
