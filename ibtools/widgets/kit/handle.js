// What a reader takes in hand: a slider of any shape, which a mouse, a finger or keys move.

import { element } from "./dom.js";

const STEPS = {
  ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1,
  PageUp: 10, PageDown: -10, End: Infinity, Home: -Infinity,
};

// onGrasp() comes before anything moves; what it returns is the second argument of the next two.
// onStep(step) is called with what steps says of a key, and onDrag({ x, y, dx, dy }) with where the
// pointer is in the window and how far it went since then; onDrop() at the end of a drag.
// grip is the part of it, or all of it, by which a finger moves it: beside it, the page scrolls.
export function sliderHandle(properties, moves, ...children) {
  const node = element("div", { role: "slider", tabIndex: 0, ...properties }, ...children);
  const { grip = node, steps = STEPS, onGrasp, onStep, onDrag, onDrop } = moves;
  let held;
  node.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onStep(step, onGrasp?.());
  });
  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || (event.pointerType === "touch" && event.target !== grip)) return;
    held = { before: onGrasp?.(), x: event.clientX, y: event.clientY };
    node.setPointerCapture(event.pointerId);
  });
  node.addEventListener("pointermove", ({ clientX: x, clientY: y }) => {
    if (held) onDrag({ x, y, dx: x - held.x, dy: y - held.y }, held.before);
  });
  const release = () => {
    if (held) onDrop?.();
    held = undefined;
  };
  node.addEventListener("pointerup", release);
  node.addEventListener("pointercancel", release);
  return node;
}
