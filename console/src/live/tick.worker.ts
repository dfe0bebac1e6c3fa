// Counts time where a tab in the background is not slowed down; each tick has the page itself say that it is there.
let timer: ReturnType<typeof setInterval> | undefined;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
const tick = () => self.postMessage(null);
self.onmessage = ({ data }: MessageEvent<number>) => {
  clearInterval(timer);
  timer = setInterval(tick, data);
};
