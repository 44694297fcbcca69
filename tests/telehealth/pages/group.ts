/* A seat of a group's call, for tests: the sealed room as the pages of a practice use it. The pair's
   verified channel is played by a channel between tabs of one browser. */
import { encode } from "../../../ui/src/base64url";
import type { SfuTicket } from "../../../ui/src/call/sfu";
import { joinJanus } from "../../../ui/src/call/sfujanus";
import { type Channel, SealedRoom } from "../../../ui/src/call/sfuroom";

const told: string[] = [];
const connections: RTCPeerConnection[] = [];
const channels = new Map<number, Channel>();
const elements = new Map<string, HTMLMediaElement[]>();
const plain: string[] = [];
let sent: MediaStreamTrack[] = [];
let room: SealedRoom | null = null;
let line: BroadcastChannel;
let me = 0;

const Connection = RTCPeerConnection;
globalThis.RTCPeerConnection = class extends Connection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};

function channelTo(seat: number): Channel {
  const send = (text: string) => line.postMessage({ from: me, to: seat, text });
  const channel: Channel = { seat, send, onmessage: null };
  channels.set(seat, channel);
  return channel;
}

function show(name: string, track: MediaStreamTrack): void {
  const element = document.createElement(track.kind === "video" ? "video" : "audio");
  element.muted = track.kind === "video";
  element.volume = 0.01;
  element.autoplay = true;
  element.srcObject = new MediaStream([track]);
  document.body.append(element);
  elements.set(name, [...(elements.get(name) ?? []), element]);
}

function shown(all: HTMLMediaElement[]): number {
  const picture = all.find(one => one instanceof HTMLVideoElement);
  return picture ? (picture as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames : 0;
}

function pause(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 1));
}

const group = {
  told,
  plain,
  async join(ticket: SfuTicket, script: string): Promise<void> {
    me = ticket.seat;
    line = new BroadcastChannel("pairs");
    line.onmessage = ({ data }) => {
      if (data.to === me) channels.get(data.from)?.onmessage?.(data.text);
    };
    const worker = new Worker(script);
    worker.addEventListener("message", ({ data }) => {
      if (data.plain) plain.push(encode(data.plain));
    });
    room = new SealedRoom({
      sfu: await joinJanus(ticket),
      me,
      ice: {},
      worker,
      events: {
        track: (seat, what, track) => show(`${seat} ${what}`, track),
        lost: why => told.push(`lost: ${why}`),
        live: what => told.push(`live ${what}`),
        stopped: why => told.push(`stopped: ${why}`),
      },
    });
  },
  async publish(): Promise<void> {
    const size = { width: 320, height: 240, frameRate: 15 };
    const media = await navigator.mediaDevices.getUserMedia({ video: size, audio: true });
    sent = media.getTracks();
    await room?.publish("person", sent);
  },
  /** Milliseconds from asking to be let in to the first picture of a seat that is sending. */
  async firstPicture(ticket: SfuTicket, script: string, of: number): Promise<number> {
    const begun = performance.now();
    await group.join(ticket, script);
    group.met(of);
    while (!elements.get(`${of} person`)?.some(one => one instanceof HTMLVideoElement)) await pause();
    const picture = elements.get(`${of} person`)?.find(one => one instanceof HTMLVideoElement);
    await new Promise<void>(resolve => {
      (picture as HTMLVideoElement).requestVideoFrameCallback(() => resolve());
    });
    return performance.now() - begun;
  },
  met: (seat: number) => room?.met(channelTo(seat)),
  parted(seat: number): void {
    channels.delete(seat);
    room?.parted(seat);
  },
  /** As if `from` had said: this is my secret of that epoch. */
  give(from: number, epoch: number): void {
    const secret = encode(crypto.getRandomValues(new Uint8Array(32)));
    channels.get(from)?.onmessage?.(JSON.stringify({ epoch, secret }));
  },
  /** What Chromium does to the second direction of a connection, done to the first. */
  skipTransforms(): void {
    Object.defineProperty(RTCRtpSender.prototype, "transform", { set: () => undefined });
  },
  enabled: () => sent.filter(track => track.enabled).map(track => track.kind),
  counts: () => room?.counts(),
  frames: () => Object.fromEntries([...elements].map(([name, all]) => [name, shown(all)])),
  /** How loud what was heard is, and how much of it was made up for want of packets. */
  async heard(): Promise<{ energy: number; received: number; concealed: number }> {
    const all = await Promise.all(connections.map(one => one.getStats()));
    const rows = all.flatMap(report => [...report.values()]);
    const row = rows.find(one => one.type === "inbound-rtp" && one.kind === "audio");
    return {
      energy: row?.totalAudioEnergy ?? 0,
      received: row?.totalSamplesReceived ?? 0,
      concealed: row?.concealedSamples ?? 0,
    };
  },
};

Object.assign(globalThis, { group });
