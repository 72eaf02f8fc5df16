// What every widget stands in: a labelled section in the theme of its page, a sentence that says
// what is to be seen, an alarm for errors, and a bar with a link to this state and the full screen.

import { button, element } from "./dom.js";
import { followTheme, STYLE } from "./theme.js";

const BETWEEN_WORDS = 1000;

const SHARED = "ibtools-widgets-style";

// Once a page, in its head: a widget's own rules then come later, and win.
function provideStyle() {
  if (document.getElementById(SHARED)) return;
  document.head.append(element("style", { id: SHARED, textContent: STYLE }));
}

export function openFrame({ el, label, className = "", style = "" }) {
  const said = element("p", { className: "state", role: "status" });
  const alarm = element("p", { className: "alarm", role: "alert" });
  const root = element("section", { className: `ibtools-lab ${className}`, ariaLabel: label },
    element("style", { textContent: style }));
  provideStyle();
  el.append(root);

  const closing = [];
  let draw = () => {};
  let written = 0;
  let timer;
  const frame = {
    root, said, alarm,
    // moving: while something moves by itself, words may wait, or a screen reader never ends.
    say(words, { moving = false } = {}) {
      clearTimeout(timer);
      const write = () => {
        written = Date.now();
        if (said.textContent !== words) said.textContent = words;
      };
      const rest = moving ? written + BETWEEN_WORDS - Date.now() : 0;
      if (rest > 0) timer = setTimeout(write, rest);
      else write();
    },
    fail(words) {
      if (alarm.textContent !== words) alarm.textContent = words;
    },
    // Calls draw now, and whenever the widget changes its size.
    drawWith(f) {
      draw = f;
      draw();
    },
    onClose(...f) {
      closing.push(...f);
    },
    close() {
      clearTimeout(timer);
      closing.forEach((f) => f());
      root.remove();
    },
  };
  const sizes = new ResizeObserver(() => draw());
  sizes.observe(root);
  frame.onClose(() => sizes.disconnect(), followTheme(root));
  return frame;
}

// Buttons for the state's link, where the page gives one, and for a room that watches.
export function frameButtons(frame, link) {
  const copy = button("Copy link", async () => {
    try {
      await navigator.clipboard.writeText(link());
      copy.textContent = "Copied";
    } catch {
      frame.fail(`The browser does not let a page copy. The link is ${link()}`);
    }
    setTimeout(() => (copy.textContent = "Copy link"), 1500);
  });
  const whole = button("Full screen", () =>
    (document.fullscreenElement ? document.exitFullscreen() : frame.root.requestFullscreen())
      .catch(() => frame.fail("The browser does not give this page the whole screen.")));
  const onChange = () =>
    (whole.textContent = document.fullscreenElement === frame.root ? "Leave full screen" : "Full screen");
  document.addEventListener("fullscreenchange", onChange);
  frame.onClose(() => document.removeEventListener("fullscreenchange", onChange));
  return [...(link() ? [copy] : []), ...(document.fullscreenEnabled ? [whole] : [])];
}
