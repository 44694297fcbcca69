/* The worker of frames with a tap before it: what the codec made goes to the page as well. Called
   `…#clear` it seals nothing and lies about it: the control run, which shows that the tap and the
   search behind it find what is there. */
import "../../../ui/src/call/framesworker";
import { NONE_COUNTED } from "../../../ui/src/call/framestalk";

const here = self as any;
const clear = self.location.hash === "#clear";
const { onrtctransform, onmessage } = here;

here.onrtctransform = ({ transformer }: any) => {
  const tap = new TransformStream<any, any>({
    transform(frame, controller) {
      const wanted = transformer.options.way === "send" && frame.data.byteLength > 150;
      if (wanted && frame.getMetadata().mimeType === "video/VP8") {
        here.postMessage({ plain: new Uint8Array(frame.data.slice(0, 400)) });
      }
      controller.enqueue(frame);
    },
  });
  const { options, writable } = transformer;
  const readable = transformer.readable.pipeThrough(tap);
  if (clear) readable.pipeTo(writable);
  else onrtctransform({ transformer: { options, readable, writable } });
};

here.onmessage = (event: MessageEvent) => {
  if (!clear || event.data.say !== "count") onmessage(event);
  else {
    const passed = { ...NONE_COUNTED, passed: 1e9 };
    here.postMessage({ number: event.data.number, counts: { "send 0 0": passed, "send 0 1": passed } });
  }
};
