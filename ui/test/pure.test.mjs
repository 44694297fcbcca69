/* The parts that can be judged without a page: pace, merging, waking, letters, base64url. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";

async function load(name) {
  const { outputFiles } = await build({
    entryPoints: [new URL(`../src/${name}.ts`, import.meta.url).pathname],
    bundle: true,
    write: false,
    format: "esm",
  });
  return import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`
  );
}

const { dueAt, retryAfter } = await load("pace");
const { merge, sameFields, countWords } = await load("merge");
const { wakefulness } = await load("idle");
const { portions } = await load("portions");
const { letters } = await load("doors");
const { encode, decode } = await load("base64url");
const { holds } = await load("sieve");
const { Presses } = await load("portal/leaving");
const { due } = await load("portal/staying");
const { Said } = await load("call/said");
const { paragraphAt, snippetBefore } = await load("passages");

test("words are kept a second after the hands rest", () => {
  assert.equal(dueAt(10_000, 10_500), 11_500);
});

test("typing without rest puts a save off by less than three seconds", () => {
  assert.equal(dueAt(10_000, 12_400), 12_500);
  assert.equal(dueAt(10_000, 60_000), 12_500);
});

test("the paragraph of the pen is meant, or what is marked", () => {
  const text = "First, of\ntwo lines.\n\nThe second.\n \nThird.";
  assert.equal(paragraphAt(text, 3, 3), "First, of\ntwo lines.");
  assert.equal(paragraphAt(text, 25, 25), "The second.");
  assert.equal(paragraphAt(text, text.length, text.length), "Third.");
  assert.equal(paragraphAt(text, 7, 13), "of\ntwo");
  assert.equal(paragraphAt("", 0, 0), "");
});

test("a snippet opens after a space and not inside a word or a date", () => {
  assert.deepEqual(snippetBefore("Slept. /ne", 10), { from: 7, typed: "ne" });
  assert.deepEqual(snippetBefore("/", 1), { from: 0, typed: "" });
  assert.equal(snippetBefore("and/or", 6), null);
  assert.equal(snippetBefore("10/12", 5), null);
  assert.equal(snippetBefore("/next week", 10), null);
});

test("trying again slows down to once a minute and never stops", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 100].map(retryAfter);
  assert.deepEqual(waits, [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

test("what only they changed is taken in", () => {
  const merged = merge(
    { data: "a", plan: "p" },
    { data: "a mine", plan: "p" },
    { data: "a", plan: "p2" },
  );
  assert.deepEqual(merged, { taken: { plan: "p2" }, clashes: {} });
});

test("what both changed is shown to a person and overwritten by nobody", () => {
  const merged = merge({ data: "a" }, { data: "mine" }, { data: "theirs" });
  assert.deepEqual(merged, { taken: {}, clashes: { data: "theirs" } });
});

test("two who wrote the same do not clash", () => {
  assert.deepEqual(merge({ data: "a" }, { data: "b" }, { data: "b" }), { taken: {}, clashes: {} });
});

test("a field that this page does not have is left alone", () => {
  assert.deepEqual(merge({}, { data: "a" }, { data: "a", other: "x" }), { taken: {}, clashes: {} });
});

test("an unticked box differs from a ticked one", () => {
  assert.ok(!sameFields({ risk: ["plan"] }, { risk: [] }));
  assert.ok(sameFields({ risk: "" }, {}));
});

test("words are counted as a person would", () => {
  assert.equal(countWords({ data: "Slept six hours, rang — his brother.", plan: "" }), "6 words");
  assert.equal(countWords({ data: "Slept" }), "1 word");
  assert.equal(countWords({ data: " … " }), "");
});

test("the last minute warns, and the end locks", () => {
  assert.deepEqual(wakefulness(0, 839_000, 900), { state: "awake" });
  assert.deepEqual(wakefulness(0, 841_000, 900), { state: "warn", left: 59 });
  assert.deepEqual(wakefulness(0, 900_000, 900), { state: "lock" });
});

test("a laptop that slept past the hour wakes up locked", () => {
  assert.deepEqual(wakefulness(0, 8 * 3_600_000, 900), { state: "lock" });
});

test("every door has a letter of its own", () => {
  assert.deepEqual(letters(["Today", "Clients", "Matters", "Law", "Log"]), [
    "t",
    "c",
    "m",
    "l",
    "o",
  ]);
});

test("base64url goes out and comes back, for every length of padding", () => {
  for (const bytes of [[], [255], [255, 254], [0, 1, 2], [251, 239, 190, 63]]) {
    const words = encode(Uint8Array.from(bytes));
    assert.match(words, /^[\w-]*$/);
    assert.deepEqual([...decode(words)], bytes);
  }
});

test("a file is sent whole, in order, with its end marked once", () => {
  for (const size of [0, 1, 9, 10, 11, 20, 25]) {
    const sent = portions(size, 10);
    assert.equal(sent[0].from, 0);
    assert.equal(sent.at(-1).to, size);
    assert.deepEqual(
      sent.map(one => one.last),
      sent.map((_, at) => at === sent.length - 1),
    );
    for (const [at, one] of sent.entries()) {
      assert.equal(one.from, at * 10);
      assert.equal(one.to, at === sent.length - 1 ? size : one.from + 10);
    }
  }
});

test("a line is left standing by the beginnings of its words, in any order", () => {
  assert.ok(holds("Contact note a call, a message", "cont"));
  assert.ok(holds("Contact note a call, a message", "mess con"));
  assert.ok(!holds("Contact note a call, a message", "ontact"));
  assert.ok(holds("Contact note", ""));
});

test("Shift three times leaves, Escape once does not", () => {
  const shift = new Presses("Shift", 3);
  assert.deepEqual(
    [0, 400, 800].map(at => shift.press("Shift", at)),
    [false, false, true],
  );
  const twice = new Presses("Escape", 2);
  assert.deepEqual(
    [0, 1_600, 2_000].map(at => twice.press("Escape", at)),
    [false, false, true],
  );
});

test("capital letters are no way out", () => {
  const shift = new Presses("Shift", 3);
  const typed = ["Shift", "A", "Shift", "B", "Shift", "C"];
  assert.ok(typed.every((key, nth) => !shift.press(key, nth * 100)));
});

test("a client's page warns a minute before it is over", () => {
  assert.equal(due({ idle: 61, longest: 5_000 }), "");
  assert.equal(due({ idle: 60, longest: 5_000 }), "idle");
  assert.equal(due({ idle: 300, longest: 300 }), "longest");
  assert.equal(due({ idle: 0, longest: 300 }), "over");
  assert.equal(due({ idle: 300, longest: 0 }), "over");
});

test("what the other side says before the call is open waits for it, but for a pulse", () => {
  const heard = [];
  const said = new Said({ tell: (name, told) => heard.push([name, told]) });
  said.hear({ k: "state", sound: true, camera: false, screen: false }, false);
  said.hear({ k: "pulse" }, false);
  assert.deepEqual(heard, [], "nothing is told to the page before it is open");
  said.opened();
  assert.deepEqual(heard, [["theirs", { sound: true, camera: false, screen: false }]]);
  said.hear({ k: "chat", text: "x".repeat(5000) }, true);
  assert.equal(heard[1][1].text.length, 4000);
});

test("what was said to a connection that ended is forgotten, and no more than twenty wait", () => {
  const heard = [];
  const said = new Said({ tell: (name, told) => heard.push([name, told]) });
  said.hear({ k: "chat", text: "before" }, false);
  said.forget();
  for (let nth = 0; nth < 30; nth++) said.hear({ k: "chat", text: String(nth) }, false);
  said.opened();
  assert.equal(heard.length, 20);
  assert.equal(heard[0][1].text, "0");
});
