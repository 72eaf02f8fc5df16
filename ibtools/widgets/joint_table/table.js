// The table: squares to drag, one for each p(x,y), with the sums of rows and columns at its edges.

import { element } from "../kit/dom.js";
import { sliderHandle } from "../kit/handle.js";
import { clamp } from "../kit/numbers.js";
import { columnSums, rowSums } from "./entropies.js";

const index = (i) => "₀₁₂₃₄"[i + 1];

// So many pixels are a probability of 1.
const TRAVEL = 220;

// A square as large as its share, which moves by drags and keys: onMove(share, whether by drag).
function cellOf(label, onMove) {
  const number = element("span", { className: "share" });
  const grip = element("span", { className: "grip" });
  let share = 0;
  const move = (to, byDrag) => onMove(clamp(to, 0, 1), byDrag);
  const cell = sliderHandle(
    {
      className: "cell", ariaLabel: label,
      ariaOrientation: "vertical", ariaValueMin: "0", ariaValueMax: "1",
    },
    {
      grip,
      onGrasp: () => share,
      onStep: (steps, before) => move((Math.round(100 * before) + steps) / 100, false),
      onDrag: ({ dy }, before) => move(before - dy / TRAVEL, true),
      onDrop: () => move(share, false),
    },
    element("span", { className: "mass" }), grip, number);
  return {
    cell,
    show(value) {
      share = value;
      cell.style.setProperty("--side", `${100 * Math.sqrt(share)}%`);
      number.textContent = share.toFixed(2);
      cell.ariaValueNow = share.toFixed(3);
      cell.ariaValueText = share.toFixed(2);
    },
  };
}

// A bar at the edge of the table: the share of a row or of a column.
function edgeOf(className) {
  const bar = element("span", { className: "amount" });
  const number = element("span");
  return {
    node: element("div", { className: `edge ${className}` }, bar, number),
    show(share) {
      bar.style.width = `${100 * share}%`;
      number.textContent = share.toFixed(2);
    },
  };
}

// Cells and edges of a table; onMove(x, y, share, whether by drag).
export function tableWith(nX, nY, onMove) {
  const range = (n) => Array.from({ length: n }, (_, i) => i);
  const head = (textContent) => element("div", { className: "head", textContent });
  const cells = range(nX).map((x) => range(nY).map((y) =>
    cellOf(`p(x${index(x)}, y${index(y)})`, (...moved) => onMove(x, y, ...moved))));
  const ofX = range(nX).map(() => edgeOf("of-x"));
  const ofY = range(nY).map(() => edgeOf("of-y"));
  const node = element("div",
    { className: "table", role: "group", ariaLabel: "Joint table p(x,y)" },
    head(""), ...range(nY).map((y) => head(`y${index(y)}`)), head("p(x)"),
    ...cells.flatMap((row, x) =>
      [head(`x${index(x)}`), ...row.map(({ cell }) => cell), ofX[x].node]),
    head("p(y)"), ...ofY.map((edge) => edge.node));
  return {
    node,
    show(p) {
      cells.forEach((row, x) => row.forEach((cell, y) => cell.show(p[x][y])));
      rowSums(p).forEach((share, x) => ofX[x].show(share));
      columnSums(p).forEach((share, y) => ofY[y].show(share));
    },
  };
}
