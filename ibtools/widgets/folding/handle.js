// One end of the cut, which slides around the border of the sheet by drag or by key.

import { setBox } from "../kit/dom.js";
import { sliderHandle } from "../kit/handle.js";
import { clamp } from "../kit/numbers.js";
import { borderWords, nearestOnBorder } from "./sheet.js";

const LAST = 99;

// Around and around by steps, but from the first place to the last by an endless one.
const onward = (percent, steps) =>
  Number.isFinite(steps) ? (percent + steps + 100) % 100 : clamp(steps, 0, LAST);

// get() and set(percent) say where it is; pointAt(x, y) which point of the sheet is at a place of
// the window.
export function borderHandle({ name, get, set, pointAt }) {
  const node = sliderHandle(
    { className: "round-handle", ariaLabel: name, ariaValueMin: "0", ariaValueMax: String(LAST) },
    {
      onStep: (steps) => set(onward(get(), steps)),
      onDrag: ({ x, y }) => set(nearestOnBorder(pointAt(x, y))),
    });
  return {
    node,
    show([left, top]) {
      setBox(node, { left, top });
      node.ariaValueNow = String(get());
      node.ariaValueText = borderWords(get());
    },
  };
}
