// One end of the cut, which slides around the border of the sheet by drag or by key.

import { element } from "../kit/dom.js";
import { borderWords, nearestOnBorder } from "./sheet.js";

const STEPS = {
  ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10,
};
const ENDS = { Home: 0, End: 99 };

// get() and set(percent) say where it is; pointAt(x, y) which point of the sheet is at a place of
// the window.
export function borderHandle({ name, get, set, pointAt }) {
  const node = element("div", {
    className: "handle", role: "slider", tabIndex: 0, ariaLabel: name,
    ariaValueMin: "0", ariaValueMax: "99",
  });
  node.addEventListener("keydown", (event) => {
    if (!(event.key in STEPS) && !(event.key in ENDS)) return;
    event.preventDefault();
    set(ENDS[event.key] ?? (get() + STEPS[event.key] + 100) % 100);
  });
  node.addEventListener("pointerdown", (event) => node.setPointerCapture(event.pointerId));
  node.addEventListener("pointermove", (event) => {
    if (!node.hasPointerCapture(event.pointerId)) return;
    set(nearestOnBorder(pointAt(event.clientX, event.clientY)));
  });
  return {
    node,
    show([x, y]) {
      node.style.left = `${x}px`;
      node.style.top = `${y}px`;
      node.ariaValueNow = String(get());
      node.ariaValueText = borderWords(get());
    },
  };
}
