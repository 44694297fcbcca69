/* A seat of a call of several, for tests: the group as the pages of a practice use it. */
import { encode } from "../../../ui/src/base64url";
import { type Group, type GroupOptions, startGroup } from "../../../ui/src/call/meshcall";

const videos = new Map<number, HTMLVideoElement>();
const outcomes: Record<string, string> = {};
const troubles: string[] = [];
const heard: string[] = [];
const kinds = new Set<string>();
const plain: string[] = [];
let words: string[] | null = null;
let group: Group;
const connections: RTCPeerConnection[] = [];
const before: string[] = [];
let asked = 0;
let tap: Worker | null = null;

const Connection = RTCPeerConnection;
globalThis.RTCPeerConnection = class extends Connection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
    this.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate?.type) kinds.add(candidate.type);
    });
  }
};

/* Set as early as it can be: set later, Chromium leaves it out. */
const addTransceiver = RTCPeerConnection.prototype.addTransceiver;
RTCPeerConnection.prototype.addTransceiver = function (kind, init) {
  const made = addTransceiver.call(this, kind, init);
  const stream = { way: "send", seat: 0, track: 1 };
  if (tap && kind === "video") made.sender.transform = new RTCRtpScriptTransform(tap, stream);
  return made;
};

function show(seat: number, track: MediaStreamTrack): void {
  if (track.kind !== "video") return;
  const video = document.createElement("video");
  video.muted = true;
  video.autoplay = true;
  video.srcObject = new MediaStream([track]);
  document.body.append(video);
  videos.set(seat, video);
}

const family = {
  plain,
  outcomes,
  troubles,
  heard,
  join(given: Partial<GroupOptions> & { line: string; ticket: string }, script = ""): void {
    if (script) {
      tap = new Worker(script);
      tap.onmessage = ({ data }) => data.plain && plain.push(encode(data.plain));
    }
    const small = { width: 160, height: 120, frameRate: 10 };
    group = startGroup({
      iceServers: [],
      owner: "",
      pairs: {},
      fresh: async () => ({ ticket: given.ticket }),
      media: () => {
        asked += 1;
        return navigator.mediaDevices.getUserMedia({ video: small, audio: true });
      },
      ...given,
    });
    group
      .on("words", told => {
        words = told && told.en;
      })
      .on("track", ({ seat, place, track }) => {
        if (place !== "screen") show(seat, track);
      })
      .on("outcome", ({ seat, how, why }) => {
        outcomes[seat] = `${how} ${why}`.trim();
      })
      .on("chat", ({ seat, text }) => heard.push(`${seat}: ${text}`))
      .on("trouble", told => troubles.push(told.says));
  },
  words: () => words,
  same: () => group.same(),
  compare: () => group.compare(),
  only: (seats: number[]) => group.only(seats),
  different: () => group.different(),
  /** What Chromium does to the second direction of a connection, done to the first. */
  skipTransforms(): void {
    Object.defineProperty(RTCRtpSender.prototype, "transform", { set: () => undefined });
  },
  /** Press sound and camera off and on as often as a look lasts, and write down what is sent real. */
  fidget(): void {
    setInterval(() => {
      for (const place of ["sound", "camera"] as const) {
        group.set(place, false);
        group.set(place, true);
      }
      const tracks = connections.flatMap(one => one.getSenders()).map(({ track }) => track);
      before.push(...tracks.filter(track => track?.enabled).map(track => track?.kind ?? ""));
    }, 10);
  },
  before,
  chat: (text: string) => group.chat(text),
  leave: () => group.leave(),
  /** What was seen so far counts no more. */
  forget: () => videos.clear(),
  asked: () => asked,
  kinds: () => [...kinds],
  pairs: () => group.mesh.seats.map(({ pair }) => pair),
  frames: () =>
    Object.fromEntries(
      [...videos].map(([seat, video]) => [seat, video.getVideoPlaybackQuality().totalVideoFrames]),
    ),
};

Object.assign(globalThis, { family });
