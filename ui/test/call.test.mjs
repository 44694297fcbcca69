/* The calls' proof as browsers speak it, held to the vectors that Python is held to as well
   (tests/telehealth/test_verify_rules.py); and when a line is too bad for a picture. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { build } from "esbuild";

async function load(name) {
  const { outputFiles } = await build({
    entryPoints: [new URL(`../src/call/${name}.ts`, import.meta.url).pathname],
    bundle: true,
    write: false,
    format: "esm",
  });
  const text = Buffer.from(outputFiles[0].text).toString("base64");
  return import(`data:text/javascript;base64,${text}`);
}

const verify = await load("verify");
const { code, inWords, safetyNumber } = await load("sas");
const { judged, FRESH, passed, between } = await load("quality");
const keep = await load("keep");
const { shows } = await load("peer");
const vectors = JSON.parse(
  await readFile(new URL("../../tests/telehealth/vectors.json", import.meta.url), "utf8"),
);

const bytes = hex => Uint8Array.from(hex.match(/../g) ?? [], pair => Number.parseInt(pair, 16));
const hex = of => Buffer.from(of).toString("hex");
const card = ({ key, print, nonce }) => ({
  key: bytes(key),
  print: bytes(print),
  nonce: bytes(nonce),
});

test("commitment, transcript, code and number are those of the vectors", async () => {
  for (const vector of vectors) {
    const [first, second] = [card(vector.first), card(vector.second)];
    const bound = await verify.commitment(vector.room, first);
    assert.equal(hex(bound), vector.commitment);
    assert.equal(hex(verify.toSign(bytes(vector.transcript), 1)), vector["signed by 1"]);
    assert.deepEqual(await code(bytes(vector.transcript)), vector.code);
    assert.equal(await safetyNumber(second.key, first.key), vector.number);
  }
});

const signer = async () => {
  const how = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const { privateKey, publicKey } = await crypto.subtle.generateKey(how, false, ["sign", "verify"]);
  const key = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
  return {
    key,
    sign: async message => new Uint8Array(await crypto.subtle.sign(how, privateKey, message)),
    check: async (theirs, message, signature) => {
      const read = await crypto.subtle.importKey("raw", theirs, how, false, ["verify"]);
      return crypto.subtle.verify(how, read, signature, message);
    },
  };
};

async function talk(change = message => message) {
  const waiting = [];
  const sides = [];
  for (const seat of [0, 1]) {
    const key = await signer();
    const random = () => crypto.getRandomValues(new Uint8Array(32));
    const mine = { key: key.key, print: random(), nonce: random() };
    const say = message => waiting.push([1 - seat, change(message)]);
    sides.push(new verify.Talk("room", seat, mine, key, say));
  }
  await sides[0].begin();
  while (waiting.length) {
    const [to, message] = waiting.shift();
    await sides[to].hear(message);
  }
  return sides;
}

test("two sides prove themselves and see the same words, in either language", async () => {
  const [first, second] = await talk();
  assert.ok(first.proven && second.proven);
  assert.deepEqual(first.transcript, second.transcript);
  const words = inWords(await code(first.transcript));
  assert.equal(words.en.length, 4);
  assert.ok([...words.en, ...words.es].every(word => word.length > 2));
});

test("what is changed on the way stops by its name", async () => {
  const swap = (at, more) => message => (message.t === at ? { ...message, ...more } : message);
  const zeros = Buffer.alloc(32).toString("base64url");
  for (const [change, name] of [
    [swap("commit", { v: 0 }), "version"],
    [swap("commit", { c: "" }), "commitment"],
    [swap("reveal", { nonce: zeros }), "commitment"],
    [swap("hello", { print: zeros }), "signature"],
    [swap("reveal", { sig: null }), "signature"],
    [swap("hello", { t: "proof" }), "order"],
  ]) {
    const sides = await talk(change);
    assert.ok(!(sides[0].proven && sides[1].proven), name);
    assert.ok(
      sides.some(one => one.stopped === name),
      `${name}: ${sides.map(one => one.stopped)}`,
    );
  }
});

test("a description shows one certificate, the one that was signed, or it is refused", () => {
  const print = new Uint8Array(32).fill(0xab);
  const line = `a=fingerprint:sha-256 ${Array(32).fill("AB").join(":")}`;
  assert.ok(shows(`v=0\r\n${line}\r\nm=audio\r\n${line}\r\n`, print));
  assert.ok(!shows("v=0\r\n", print));
  assert.ok(!shows(`v=0\r\n${line}\r\n${line.replace("AB", "AC")}\r\n`, print));
  assert.ok(!shows(`v=0\r\n${line}\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\r\n`, print));
  assert.ok(!shows(`v=0\r\n${line.replace("sha-256", "sha-1")}\r\n`, print));
});

test("three bad looks in a row leave the sound, five good ones bring the picture back", () => {
  const after = (looks, from = FRESH) => looks.reduce(judged, from);
  const bad = { lost: 0.3 };
  assert.equal(after([bad, bad, {}, bad, bad]).sound, false);
  const sound = after([bad, { trip: 2 }, { room: 50_000 }]);
  assert.equal(sound.sound, true);
  assert.equal(after([{}, {}, {}, {}, bad, {}], sound).sound, true);
  assert.equal(after([{}, {}, {}, {}, {}], sound).sound, false);
});

test("what is missing of what came is counted over all connections, and between two looks alone", () => {
  const row = (packetsReceived, packetsLost) => ({
    type: "inbound-rtp",
    packetsReceived,
    packetsLost,
  });
  const report = (...rows) => new Map(rows.map((one, number) => [`${number}`, one]));
  const first = passed([report(row(90, 10), { type: "codec" }), report(row(100, -2))]);
  assert.deepEqual(first, { came: 190, lost: 10 }); // a packet that came twice is less than none lost
  const next = passed([report(row(170, 30)), report(row(100, 0))]);
  assert.deepEqual(between(first, next), { lost: 0.2 });
  assert.deepEqual(between(next, next), {}); // nothing was due
  assert.deepEqual(between(next, first), {}); // somebody left, and took the figures along
});

test("what would be kept comes over word for word, in lines that fit, and only whole", () => {
  for (const line of ["We meet at nine.", '\u0001"\\'.repeat(400), "ñ😀".repeat(700)]) {
    const [mine, theirs] = [new keep.Keeping("Ada", "Dov"), new keep.Keeping("", "")];
    mine.wrote(line, true);
    mine.wrote("Yes.", false);
    const lines = mine.ask();
    const heard = lines.map(one => theirs.hear(keep.told(one)));
    assert.ok(
      lines.every(one => keep.isKeeping(one) && JSON.stringify({ text: one }).length < 8_000),
    );
    assert.ok(lines.every(one => one.length <= 4_000));
    assert.deepEqual(heard, [...lines.slice(1).map(() => null), "asks"]);
    assert.equal(theirs.wanted, `Ada: ${line}\nDov: Yes.`);
    assert.equal(theirs.wanted, mine.asked);
  }
});

test("an answer to no question, a part out of turn and too much to keep are nothing", () => {
  const one = new keep.Keeping("Ada", "Dov");
  assert.equal(one.hear({ is: "yes" }), null);
  assert.equal(one.hear({ is: "ask", part: 2, of: 2, words: "x" }), null);
  assert.deepEqual(one.ask(), []); // nothing was written
  one.wrote("x".repeat(20_001), true);
  assert.deepEqual(one.ask(), []);
  assert.equal(one.hear({ is: "yes" }), null);
  for (const said of ["We keep it", "\u0001keep", "\u0001keep {", '\u0001keep {"is":"maybe"}']) {
    assert.equal(keep.told(said), null);
  }
});

test("a whiteboard is asked about by a digest that both write alike, and only one's own is shown", async () => {
  const { KeepingBoard, text } = await load("keepboard");
  const strokes = [
    [
      [500, 100],
      [800, 400],
    ],
    [
      [100, 100],
      [400, 400],
    ],
  ];
  let theirs = [...strokes].reverse(); // the same, heard in another order
  const [ada, dov] = [new KeepingBoard(() => strokes), new KeepingBoard(() => theirs)];
  assert.equal(await ada.hear({ is: "board-yes" }), null); // an answer to no question
  const asked = keep.told(await ada.ask());
  assert.equal(await dov.hear(asked), "asks");
  assert.equal(dov.wanted, "100,100 400,400\n500,100 800,400");
  assert.equal(dov.wanted, ada.asked);
  theirs = [...theirs, [[1, 1]]];
  assert.equal(dov.shown.length, 2); // what is drawn meanwhile is not part of it
  assert.equal(await dov.hear(asked), "differs");
  assert.deepEqual(
    [await ada.hear({ is: "board-yes" }), await ada.hear({ is: "board-unlike" })],
    ["yes", "unlike"],
  );
  assert.equal(await new KeepingBoard(() => []).ask(), null);
  assert.equal(text([]), "");
  const mark = JSON.stringify;
  for (const bad of [{ is: "board" }, { is: "board", digest: "0" }, { is: "board-maybe" }]) {
    assert.equal(keep.told(keep.MARK + mark(bad)), null);
  }
});
