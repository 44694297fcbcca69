/* Frames that a server carries and cannot open: SFrame by the vectors of RFC 9605, the window of
   counters, the gate before the camera, and whose secret goes to whom. */
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

const frames = await load("frames");
const { see, NOTHING_SEEN, WINDOW } = await load("framesseen");
const { looked, SHUT, MOST_DOUBTS, sentBy, onlySealedCodecs } = await load("framesgate");
const { aloneAt, keysAfter } = await load("sfukeys");
const { named } = await load("framestalk");

const unhex = text => Uint8Array.from(Buffer.from(text, "hex"));
const hex = bytes => Buffer.from(bytes).toString("hex");

/* RFC 9605, appendix C.1, a dozen of its headers, and C.3, cipher suite 5. */
const HEADERS = [
  [0, 0, "00"],
  [0, 1, "01"],
  [0, 255, "08ff"],
  [0, 281474976710655, "0dffffffffffff"],
  [1, 1099511627775, "1cffffffffff"],
  [255, 4294967295, "8bffffffffff"],
  [256, 16777215, "9a0100ffffff"],
  [65535, 65535, "99ffffffff"],
  [65536, 255, "a8010000ff"],
  [16777215, 0, "a0ffffff"],
  [4294967296, 16777215, "ca0100000000ffffff"],
  [1099511627776, 255, "d8010000000000ff"],
];
const VECTOR = {
  kid: 291,
  counter: 17767,
  secret: "000102030405060708090a0b0c0d0e0f",
  salt: "84991c167b8cd23c93708ec7",
  metadata: "4945544620534672616d65205747",
  plain: "64726166742d696574662d736672616d652d656e63",
  sealed: "990123456794f509d36e9beacb0e261d99c7d1e972f1fed787d4049f17ca21353c1cc24d56ceabced279",
};

test("headers are those of RFC 9605, written and read", () => {
  for (const [keyId, counter, written] of HEADERS) {
    assert.equal(hex(frames.header(keyId, counter)), written);
    const read = frames.readHeader(unhex(`${written}aabb`));
    assert.deepEqual(read, { keyId, counter, length: written.length / 2 });
  }
});

test("a header that is cut, or longer than it need be, is none", () => {
  for (const [, , written] of HEADERS.filter(([, , text]) => text.length > 2)) {
    assert.equal(frames.readHeader(unhex(written).subarray(0, -1)), null);
  }
  for (const padded of ["", "0807", "090001", "8007", "91000100", "efffffffffffffffff"]) {
    assert.equal(frames.readHeader(unhex(padded)), null);
  }
});

test("cipher suite 5 seals and opens what RFC 9605 says", async () => {
  const use = async way => frames.frameKey(unhex(VECTOR.secret), VECTOR.kid, way);
  const by = await use("encrypt");
  assert.equal(hex(by.salt), VECTOR.salt);
  const told = unhex(VECTOR.metadata);
  assert.equal(
    hex(await frames.seal(by, VECTOR.counter, unhex(VECTOR.plain), told)),
    VECTOR.sealed,
  );
  const sealed = unhex(VECTOR.sealed);
  const read = frames.readHeader(sealed);
  assert.equal(hex(await frames.open(await use("decrypt"), read, sealed, told)), VECTOR.plain);
});

test("one bit changed anywhere, in what is clear too, and nothing opens", async () => {
  const by = await frames.frameKey(unhex(VECTOR.secret), VECTOR.kid, "decrypt");
  const sealed = unhex(VECTOR.sealed);
  const told = unhex(VECTOR.metadata);
  for (let at = 0; at < sealed.length + told.length; at += 1) {
    const [one, other] = [sealed.slice(), told.slice()];
    if (at < one.length) one[at] ^= 4;
    else other[at - one.length] ^= 4;
    const read = frames.readHeader(one);
    assert.equal(read && (await frames.open(by, read, one, other)), null);
  }
});

test("a wrong secret, another seat's or another epoch's opens no frame", async () => {
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const place = { seat: 3, epoch: 5, track: 1 };
  const id = frames.keyId(place);
  const frame = new Uint8Array(500).fill(7);
  const sealed = await frames.seal(await frames.frameKey(secret, id, "encrypt"), 0, frame, frame);
  const read = frames.readHeader(sealed);
  const wrong = [
    [crypto.getRandomValues(new Uint8Array(32)), id],
    [secret, frames.keyId({ ...place, seat: 4 })],
    [secret, frames.keyId({ ...place, epoch: 6 })],
    [secret, frames.keyId({ ...place, track: 0 })],
  ];
  for (const [other, otherId] of wrong) {
    const by = await frames.frameKey(other, otherId, "decrypt");
    assert.equal(await frames.open(by, read, sealed, frame), null);
  }
});

test("every place of a call has a key id of its own, and is found by it", () => {
  const ids = new Set();
  for (let seat = 0; seat < frames.SEATS; seat += 1) {
    for (let track = 0; track < frames.TRACKS; track += 1) {
      for (const epoch of [0, 1, 2 ** 32 - 1]) {
        const place = { seat, epoch, track };
        ids.add(frames.keyId(place));
        assert.deepEqual(frames.placeOf(frames.keyId(place)), place);
      }
    }
  }
  assert.equal(ids.size, frames.SEATS * frames.TRACKS * 3);
  for (const place of [
    { seat: 64, epoch: 0, track: 0 },
    { seat: 0, epoch: -1, track: 0 },
  ]) {
    assert.throws(() => frames.keyId(place), RangeError);
  }
});

test("only VP8 and Opus travel sealed, and only what their packets need is clear", () => {
  assert.equal(frames.codecOf("video/VP8"), "vp8");
  assert.equal(frames.codecOf("audio/opus"), "opus");
  for (const other of ["video/AV1", "video/VP9", "video/H264", "audio/red", undefined]) {
    assert.equal(frames.codecOf(other), null);
  }
  assert.equal(frames.clearBytes("vp8", Uint8Array.of(0x50)), 10);
  assert.equal(frames.clearBytes("vp8", Uint8Array.of(0x51)), 3);
  assert.equal(frames.clearBytes("opus", Uint8Array.of(0x51)), 0);
});

test("a counter is seen once, in any order within the window; too old is not told from seen", () => {
  const order = Array.from({ length: WINDOW }, (_, at) => (at * 37) % WINDOW); // 37 and 128: coprime
  let seen = NOTHING_SEEN;
  for (const counter of order) {
    const next = see(seen, counter);
    assert.notEqual(next, null);
    assert.equal(see(next, counter), null);
    seen = next;
  }
  for (const counter of order) assert.equal(see(seen, counter), null);
  seen = see(seen, 10 * WINDOW);
  assert.equal(see(seen, 9 * WINDOW), null);
  assert.notEqual(see(seen, 9 * WINDOW + 1), null);
});

const gate = readings =>
  readings.reduce((one, [sent, counted]) => looked(one, { sent, counted }), SHUT).verdict;

test("the gate opens when what was sent at one look was counted by the next", () => {
  assert.equal(gate([]), "shut");
  assert.equal(
    gate([
      [0, 0],
      [0, 5],
    ]),
    "shut",
    "nothing was sent",
  );
  assert.equal(gate([[3, 3]]), "shut", "one look proves nothing");
  assert.equal(
    gate([
      [3, 0],
      [6, 3],
    ]),
    "open",
  );
  assert.equal(
    gate([
      [3, 0],
      [6, 2],
    ]),
    "shut",
  );
});

test("an open gate shuts at the first look that is not proven, and opens again when it is", () => {
  assert.equal(
    gate([
      [3, 3],
      [6, 6],
      [9, 5],
    ]),
    "shut",
  );
  assert.equal(
    gate([
      [3, 3],
      [6, 6],
      [9, 5],
      [9, 9],
    ]),
    "open",
  );
  for (let sent = 1; sent < 40; sent += 1) {
    for (let counted = 0; counted < 40; counted += 1) {
      assert.equal(
        gate([
          [sent, 0],
          [sent + 1, counted],
        ]) === "open",
        counted >= sent,
      );
    }
  }
});

test("where the counters never follow, it ends; a slow machine is given its time", () => {
  const never = Array.from({ length: MOST_DOUBTS + 1 }, (_, at) => [at + 1, 0]);
  assert.equal(gate(never), "stop");
  assert.equal(gate(never.slice(0, -1)), "shut");
  assert.equal(gate([...never.slice(0, -1), [200, 199]]), "open");
  assert.equal(gate(Array(500).fill([0, 0])), "shut", "who sends nothing is not stopped");
});

test("what was sent is read from the connection's own statistics", () => {
  const picture = ["1", { type: "outbound-rtp", kind: "video", framesSent: 7, packetsSent: 90 }];
  const sound = ["2", { type: "outbound-rtp", kind: "audio", packetsSent: 9 }];
  const again = [
    "3",
    { type: "outbound-rtp", kind: "audio", packetsSent: 9, retransmittedPacketsSent: 2 },
  ];
  assert.equal(sentBy([["0", { type: "codec" }], picture]), 7);
  assert.equal(sentBy([sound]), 9);
  assert.equal(sentBy([again]), 7);
  assert.equal(sentBy([]), null);
});

test("a second publishing of the same track is counted by itself, and proven by no frame of the first", () => {
  const screen = { way: "send", seat: 3, track: 2 };
  const names = [screen, { ...screen, again: 1 }, { ...screen, again: 2 }].map(named);
  assert.equal(new Set(names).size, 3);
  assert.equal(named({ ...screen, again: 0 }), named(screen));
});

test("an answer that names another codec is refused", () => {
  const offer = codecs => codecs.map((one, at) => `a=rtpmap:${at} ${one}/90000`).join("\r\n");
  assert.equal(onlySealedCodecs(offer(["VP8", "rtx", "opus"])), true);
  for (const other of ["AV1", "VP9", "H264", "red", "ulpfec", "G722"]) {
    assert.equal(onlySealedCodecs(offer(["VP8", other])), false);
  }
  assert.equal(onlySealedCodecs(""), false);
});

/* Whole calls of some seats, played by chance: who holds which secret at the end of each step. */
function chance(seed) {
  let state = seed;
  return end => {
    state = (state * 48271) % 2147483647;
    return state % end;
  };
}

class Call {
  all = Array.from({ length: 5 }, (_, me) => aloneAt(me));
  here = new Set();
  givenTo = new Map(); // secret -> the seats that were given it
  post = [];

  constructor(roll) {
    this.roll = roll;
  }

  step() {
    if (this.post.length && this.roll(3)) {
      const [to, event] = this.post.shift();
      if (this.here.has(to)) this.act(to, event);
      return;
    }
    const seat = this.roll(this.all.length);
    if (this.here.delete(seat)) {
      for (const other of this.here) this.act(other, this.change("left", seat));
      this.all[seat] = aloneAt(seat);
      return;
    }
    for (const other of this.here) {
      this.act(other, this.change("joined", seat));
      this.act(seat, this.change("joined", other));
    }
    this.here.add(seat);
  }

  change(is, seat) {
    const secret = {};
    this.givenTo.set(secret, new Set());
    return { is, seat, secret };
  }

  act(me, event) {
    const [next, deeds] = keysAfter(this.all[me], event);
    this.all[me] = next;
    for (const deed of deeds) this.does(me, deed);
  }

  does(me, deed) {
    if (deed.do === "give") {
      this.post.push([deed.to, { is: "given", seat: me, key: deed.key }]);
      this.givenTo.get(deed.key.secret).add(deed.to);
    } else if (deed.do === "say held") {
      this.post.push([deed.to, { is: "held", seat: me, epoch: deed.epoch }]);
    } else if (deed.do === "wait" && this.roll(4) === 0) {
      this.post.push([me, { is: "late", epoch: deed.epoch }]);
    }
  }

  /** What each seals under, or shall, was given to nobody who is gone now. */
  check() {
    for (const me of this.here) {
      const { coming, used, others } = this.all[me];
      const newest = coming ?? used;
      for (const one of newest ? this.givenTo.get(newest.secret) : []) assert.ok(others.has(one));
    }
  }
}

test("the newest secret of a seat was never given to anybody who is not here", () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const call = new Call(chance(seed));
    for (let step = 0; step < 200; step += 1) {
      call.step();
      call.check();
    }
  }
});

test("whoever joins gets no secret that was used before; whoever left none that is used later", () => {
  const [one, two, three] = [{ is: 1 }, { is: 2 }, { is: 3 }];
  let [state, deeds] = keysAfter(aloneAt(0), { is: "joined", seat: 1, secret: one });
  assert.deepEqual(deeds[0], { do: "give", to: 1, key: { epoch: 1, secret: one } });
  assert.equal(state.used, null);
  [state, deeds] = keysAfter(state, { is: "held", seat: 1, epoch: 1 });
  assert.deepEqual(deeds, [{ do: "seal under", key: { epoch: 1, secret: one } }]);
  [state, deeds] = keysAfter(state, { is: "joined", seat: 2, secret: two });
  assert.deepEqual(
    deeds.filter(deed => deed.do === "give").map(({ to, key }) => [to, key.secret]),
    [
      [1, two],
      [2, two],
    ],
  );
  assert.equal(state.used.secret, one, "the old one is used until all hold the new");
  [state, deeds] = keysAfter(state, { is: "held", seat: 2, epoch: 1 });
  assert.deepEqual(deeds, [], "an answer to an older secret");
  [state, deeds] = keysAfter(state, { is: "left", seat: 1, secret: three });
  assert.deepEqual(deeds[0], { do: "forget", seat: 1, before: Number.MAX_VALUE });
  assert.deepEqual(deeds[1], { do: "give", to: 2, key: { epoch: 3, secret: three } });
  [state, deeds] = keysAfter(state, { is: "given", seat: 1, key: { epoch: 9, secret: one } });
  assert.deepEqual(deeds, [], "who left says nothing any more");
  [state, deeds] = keysAfter(state, { is: "wanted", seat: 1 });
  assert.deepEqual(deeds, [], "and is given nothing");
  [state, deeds] = keysAfter(state, { is: "late", epoch: 3 });
  assert.deepEqual(deeds, [{ do: "seal under", key: { epoch: 3, secret: three } }]);
});
