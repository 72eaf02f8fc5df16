// What the reader takes in hand: the top of each bar, which goes up and down, and the knob with its
// value, which goes along the line. Both are sliders, moved by drags or by keys.

import { element, setBox } from "../kit/dom.js";
import { sliderHandle } from "../kit/handle.js";
import { LAST_PLACE, nearestFree, stepped } from "./places.js";
import { shareOf } from "./words.js";

// So large at least is what a finger has to meet.
const TARGET = 38;

// The bar and the knob of outcome i. get() is {values, shares, layout} of now; onBar(share) and
// onValue(value) say where the reader wants them.
export function outcomeGrips(i, { get, onGrasp, onBar, onValue, onDrop }) {
  const graspAs = (what) => () => {
    const before = get();
    onGrasp(`${what} ${i}`);
    return before;
  };
  const barGrip = element("span", { className: "grip" });
  const bar = sliderHandle(
    {
      className: "handle height", ariaOrientation: "vertical",
      ariaValueMin: "0", ariaValueMax: "1",
    },
    {
      grip: barGrip, onGrasp: graspAs("bar"), onDrop,
      onStep: (steps, { shares }) => onBar((Math.round(100 * shares[i]) + steps) / 100),
      onDrag({ dy }, { shares, layout: { up } }) {
        onBar(shares[i] + dy / (up(1) - up(0)), { isDrag: true });
      },
    },
    barGrip);
  const knob = element("span", { className: "knob" });
  const knobGrip = element("span", { className: "grip" });
  const place = sliderHandle(
    {
      className: "handle place", ariaOrientation: "horizontal",
      ariaValueMin: "0", ariaValueMax: String(LAST_PLACE),
    },
    {
      grip: knobGrip, onGrasp: graspAs("value"), onDrop,
      onStep: (steps, { values }) => onValue(stepped(values, i, steps)),
      onDrag({ dx }, { values, layout: { x } }) {
        const wanted = values[i] + dx / (x(1) - x(0));
        onValue(nearestFree(values, i, wanted), { isDrag: true });
      },
    },
    knob, knobGrip);

  return {
    nodes: [bar, place],
    hide(isHidden) {
      for (const node of [bar, place]) node.hidden = isHidden;
    },
    // seen: where on the line it is drawn.
    show({ value, share, seen, layout }) {
      const { x, up, ground, line } = layout;
      const left = x(seen) - TARGET / 2;
      const top = up(1) - TARGET / 2;
      setBox(bar, { left, top, width: TARGET, height: ground - top });
      // At the foot of the line the grip stays above it, clear of the knob.
      const gripTop = Math.min(up(share) - TARGET / 2, ground - TARGET);
      setBox(barGrip, { top: gripTop - top, height: TARGET });
      bar.style.setProperty("--edge", `${up(share) - gripTop}px`);
      const knobTop = ground + (line - TARGET) / 2;
      setBox(place, { left, top: knobTop, width: TARGET, height: TARGET });
      knob.textContent = value;
      bar.ariaLabel = `Probability of ${value}`;
      bar.ariaValueNow = share.toFixed(3);
      bar.ariaValueText = shareOf(share);
      place.ariaLabel = `Value with probability ${shareOf(share)}`;
      place.ariaValueNow = String(value);
    },
  };
}
