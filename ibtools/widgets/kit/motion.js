// What moves by itself, and when it must not.

// Calls listener(seen) whenever the node comes into sight or leaves it, the tab's hiding included.
export function whileSeen(node, listener) {
  let inView = false;
  let seen;
  const tell = () => {
    const now = inView && !document.hidden;
    if (now === seen) return;
    seen = now;
    listener(seen);
  };
  const observer = new IntersectionObserver((entries) => {
    inView = entries.at(-1).isIntersecting;
    tell();
  });
  observer.observe(node);
  document.addEventListener("visibilitychange", tell);
  return () => {
    observer.disconnect();
    document.removeEventListener("visibilitychange", tell);
  };
}

// Whether the reader asked for less motion.
export const wantsCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

const SLOWER_WHEN_CALM = 4;

// Calls step() again and again until it returns false. Rests while the node is out of sight;
// takes its time for readers who asked for less motion.
export function player({ node, step, interval, onChange }) {
  let timer;
  let seen = true;
  const rest = () => {
    clearInterval(timer);
    timer = undefined;
  };
  const go = () => {
    rest();
    timer = setInterval(() => {
      if (step() === false) result.stop();
    }, interval * (wantsCalm() ? SLOWER_WHEN_CALM : 1));
  };
  const result = {
    playing: false,
    start() {
      result.playing = true;
      if (seen) go();
      onChange();
    },
    stop() {
      if (!result.playing) return;
      result.playing = false;
      rest();
      onChange();
    },
    close() {
      rest();
      unwatch();
    },
  };
  const unwatch = whileSeen(node, (now) => {
    seen = now;
    if (!seen) rest();
    else if (result.playing) go();
  });
  return result;
}
