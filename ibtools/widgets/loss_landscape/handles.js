// What the reader drags: the point on the map, both ways, and the data, up and down.
//
// onGrasp() comes before anything moves. get() says where it is; set() takes any place and keeps it
// within bounds; pixels() are those of one unit {across, up}.

import { setBox } from "../kit/dom.js";
import { sliderHandle } from "../kit/handle.js";
import { fixed } from "../kit/numbers.js";
import { HIGHEST } from "./state.js";
import { MAP } from "./unit.js";

const SUBSCRIPTS = "₁₂₃₄₅₆";

const POINT_STEPS = {
  ArrowUp: { w: 0, v: 0.1 }, ArrowDown: { w: 0, v: -0.1 },
  PageUp: { w: 0, v: 0.5 }, PageDown: { w: 0, v: -0.5 },
  ArrowRight: { w: 0.1, v: 0 }, ArrowLeft: { w: -0.1, v: 0 },
  End: { w: Infinity, v: 0 }, Home: { w: -Infinity, v: 0 },
};
const DATUM_STEPS = {
  ArrowUp: 0.1, ArrowRight: 0.1, ArrowDown: -0.1, ArrowLeft: -0.1,
  PageUp: 0.5, PageDown: -0.5, End: Infinity, Home: -Infinity,
};

function handleOn({ className, name, most, onGrasp, get }, moves) {
  const node = sliderHandle(
    {
      className: `round-handle ${className}`, ariaLabel: name,
      ariaValueMin: String(-most), ariaValueMax: String(most),
    },
    {
      onGrasp() {
        onGrasp();
        return get();
      },
      ...moves,
    });
  return {
    node,
    show([left, top], now, words) {
      setBox(node, { left, top });
      node.ariaValueNow = now.toFixed(2);
      node.ariaValueText = words;
    },
  };
}

export const pointHandle = ({ onGrasp, get, set, pixels }) =>
  handleOn({ className: "here", name: "point (w, v)", most: MAP.w, onGrasp, get }, {
    steps: POINT_STEPS,
    onStep: (step, { w, v }) => set({ w: w + step.w, v: v + step.v }),
    onDrag({ dx, dy }, { w, v }) {
      const { across, up } = pixels();
      set({ w: w + dx / across, v: v - dy / up });
    },
  });

export function datumHandle({ x, i, onGrasp, get, set, pixels }) {
  const name = `y${SUBSCRIPTS[i]} at x = ${fixed(x)}`;
  return handleOn({ className: "datum", name, most: HIGHEST, onGrasp, get }, {
    steps: DATUM_STEPS,
    onStep: (step, y) => set(y + step),
    onDrag: ({ dy }, y) => set(y - dy / pixels().up),
  });
}
