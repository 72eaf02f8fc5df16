// The joint table: squares to drag that share a probability of 1, and MacKay's diagram beside them.
//
// The model has p_xy[x][y]; see joint_table.py.

import {
  copyOfX, columnSums, entropies, independent, perMille, rowSums, tableOf, withShare,
} from "./joint_table/entropies.js";
import { listOf, mirrorInAddress, wholeIn } from "./kit/address.js";
import { axes, canvas, colourOf, figure, scale, ticksTo } from "./kit/charts.js";
import { button, element } from "./kit/dom.js";
import { frameButtons, openFrame } from "./kit/frame.js";

const NOISE = 0.2;
const index = (i) => "₀₁₂₃₄"[i + 1];
const bits = (value) => `${value.toFixed(2)} bits`;

// So many pixels are a probability of 1.
const TRAVEL = 220;
const STEPS = {
  ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1,
  PageUp: 10, PageDown: -10, Home: -100, End: 100,
};

// A square as large as its share, which moves by drags and keys: onMove(share, whether by drag).
function cellOf(label, onMove) {
  const number = element("span", { className: "share" });
  const grip = element("span", { className: "grip" });
  const cell = element("div", {
    className: "cell", tabIndex: 0, role: "slider", ariaLabel: label,
    ariaOrientation: "vertical", ariaValueMin: "0", ariaValueMax: "1",
  }, element("span", { className: "mass" }), grip, number);
  let share = 0;
  let dragged;
  const move = (to, byDrag) => onMove(Math.min(1, Math.max(0, to)), byDrag);

  cell.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move((Math.round(100 * share) + step) / 100, false);
  });
  cell.addEventListener("pointerdown", (event) => {
    // A finger beside the grip scrolls the page.
    if (event.button !== 0 || (event.pointerType === "touch" && event.target !== grip)) return;
    dragged = { from: share, y: event.clientY };
    cell.setPointerCapture(event.pointerId);
  });
  cell.addEventListener("pointermove", (event) => {
    if (dragged) move(dragged.from + (dragged.y - event.clientY) / TRAVEL, true);
  });
  const release = () => {
    if (dragged) move(share, false);
    dragged = undefined;
  };
  cell.addEventListener("pointerup", release);
  cell.addEventListener("pointercancel", release);
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
function tableWith(nX, nY, onMove) {
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

// Places for labels of one width: near their own, from low to high, none on another.
function apart(places, width, low, high) {
  const free = [...places];
  places.forEach((place, i) => (free[i] = Math.max(place, i ? free[i - 1] + width : low)));
  for (let i = free.length - 1; i >= 0; i -= 1)
    free[i] = Math.min(free[i], i + 1 < free.length ? free[i + 1] - width : high);
  return free;
}

const BAR = 28;
const PITCH = 60;
const LABEL_WIDTH = 80;
const NAME_WIDTH = 130;

// H(X) from the left end of H(X,Y), H(Y) from its right end, and the parts into which both cut it.
function drawDiagram(chart, p, e) {
  const area = canvas(chart, 326, { left: 8, right: 8, top: 8, bottom: 28 });
  const most = Math.log2(p.flat().length);
  const x = scale(0, most, area.left, area.right);
  const top = (row) => area.top + 18 + row * PITCH;
  const ticks = ticksTo(most, 4);
  const nameX = (at) => (at === ticks[1] ? `${at} bit${at === 1 ? "" : "s"}` : at);
  axes(area, x, null, { x: ticks, y: [], nameX });
  const bar = (row, className, from, to, fill) =>
    area.add("rect", {
      class: className, fill, x: x(from), y: top(row), width: x(to) - x(from), height: BAR,
    });
  const [shared, end] = [e.xGivenY, e.xGivenY + e.information];

  const below = top(3) + BAR;
  area.add("rect", {
    class: "overlap", fill: colourOf(2),
    x: x(shared), y: top(1), width: x(end) - x(shared), height: below - top(1),
  });
  bar(0, "bar-of both", 0, e.xy, "currentColor");
  bar(1, "bar-of", 0, e.x, colourOf(0));
  bar(2, "bar-of", e.xy - e.y, e.xy, colourOf(1));
  bar(3, "bar-of", 0, shared, colourOf(0));
  bar(3, "bar-of", end, e.xy, colourOf(1));
  bar(3, "bar-of whole", shared, end, colourOf(2));
  for (const at of [shared, end])
    area.add("line", { class: "guide", x1: x(at), x2: x(at), y1: top(1), y2: below });

  const name = (row, words, at, anchor) =>
    area.text(words, at, top(row) - 6, { class: "name", "text-anchor": anchor });
  name(0, `H(X,Y) = ${bits(e.xy)}`, area.left, "start");
  name(1, `H(X) = ${bits(e.x)}`, area.left, "start");
  name(2, `H(Y) = ${bits(e.y)}`, Math.max(x(e.xy), area.left + NAME_WIDTH), "end");

  const parts = [["H(X|Y)", 0, shared], ["I(X;Y)", shared, end], ["H(Y|X)", end, e.xy]];
  const middles = parts.map(([, from, to]) => x((from + to) / 2));
  const half = LABEL_WIDTH / 2;
  const places = apart(middles, LABEL_WIDTH, area.left + half, area.right - half);
  parts.forEach(([part, from, to], i) => {
    area.add("line", { class: "leader", x1: middles[i], y1: below, x2: places[i], y2: below + 16 });
    const middle = { class: "name", "text-anchor": "middle" };
    area.text(part, places[i], below + 29, middle);
    area.text(bits(to - from), places[i], below + 45, middle);
  });
  chart.picture.setAttribute("aria-label",
    `H(X,Y) = ${bits(e.xy)} as one bar. Below it H(X) = ${bits(e.x)} from the left and ` +
    `H(Y) = ${bits(e.y)} from the right, which overlap by I(X;Y) = ${bits(e.information)} and ` +
    `leave H(X|Y) = ${bits(e.xGivenY)} and H(Y|X) = ${bits(e.yGivenX)}.`);
}

/* --------------------------------------------------------------------- view */

// Below this the overlap is rounding.
const NOTHING = 1e-12;

function sentence(e) {
  const [x, y, xy, shared] = [e.x, e.y, e.xy, e.information].map((value) => value.toFixed(3));
  const meaning = e.information < NOTHING
    ? "X and Y are independent: no overlap"
    : "the overlap, this much X and Y tell about each other";
  return `I(X;Y) = H(X) + H(Y) − H(X,Y) = ${x} + ${y} − ${xy} = ${shared} bits: ${meaning}.`;
}

// Where the kit has a rule too, one more class: each other widget of a page brings the kit's again.
const TABLE_STYLE = `
.joint-table .charts { gap: 12px 36px; margin-top: 12px;
  grid-template-columns: min(46%, 28px + var(--columns) * 110px) minmax(0, 1fr); }
.joint-table .state { color: var(--ink);
  font-variant-numeric: tabular-nums; min-height: 2.8em; }
.joint-table .table { display: grid; gap: 6px; align-items: center;
  font-variant-numeric: tabular-nums;
  grid-template-columns: 28px repeat(var(--columns), minmax(0, 104px)); }
.joint-table .head { color: var(--soft); font-size: 13px; text-align: center; }
.joint-table .cell { position: relative; aspect-ratio: 1; min-height: 38px; cursor: ns-resize;
  user-select: none; background: var(--raised); border: 1px solid var(--line); border-radius: 4px; }
.joint-table .cell > span { position: absolute; inset: 0; margin: auto; }
.joint-table .mass { width: var(--side); height: var(--side); background: var(--ink);
  opacity: 0.28; }
.joint-table .grip { width: max(38px, var(--side)); height: max(38px, var(--side));
  max-width: 100%; touch-action: none; }
.joint-table .cell > .share { top: auto; text-align: center; font-size: 13px;
  pointer-events: none; }
.joint-table .edge { font-size: 13px; display: grid; gap: 2px; }
.joint-table .amount { height: 12px; border: 1px solid var(--ink); }
.joint-table .of-x .amount { background: ${colourOf(0)}; }
.joint-table .of-y .amount { background: ${colourOf(1)}; }
.joint-table .bar-of { stroke: var(--ink); fill-opacity: 0.55; }
.joint-table .both { color: var(--soft); fill-opacity: 0.35; }
.joint-table .whole { fill-opacity: 1; }
.joint-table .overlap { opacity: 0.3; }
.joint-table .guide { stroke: var(--ink); stroke-dasharray: 3 3; }
.joint-table .leader { stroke: var(--soft); }
@container (max-width: 639px) {
  .joint-table .charts { grid-template-columns: minmax(0, 1fr); }
}
`;

function render({ model, el }) {
  const [nX, nY] = [model.get("p_xy").length, model.get("p_xy")[0].length];
  const frame = openFrame({
    el, label: "Joint table", className: "joint-table", style: TABLE_STYLE,
  });
  const weights = listOf(wholeIn(0, 1000), nX * nY, nX * nY);
  const mirror = mirrorInAddress(model, {
    p_xy: {
      read: (text) => tableOf(weights.read(text) ?? [], nY),
      write: (p) => weights.write(perMille(p)),
    },
  });
  let dragging = false;
  const put = (p) => {
    model.set("p_xy", p);
    model.save_changes();
    return p;
  };

  // The others keep the proportions they had when the cell was taken in hand, so that they come
  // back as they were, even from 0.
  let hand;
  const table = tableWith(nX, nY, (x, y, share, byDrag) => {
    const p = model.get("p_xy");
    const place = x * nY + y;
    if (hand?.place !== place || hand.to !== p) hand = { place, from: p };
    dragging = byDrag;
    hand.to = put(withShare(hand.from, x, y, share));
  });
  const preset = (words, make) =>
    button(words, () => {
      dragging = false;
      put(make());
    });
  const diagram = figure("diagram");
  const draw = () => {
    const p = model.get("p_xy");
    const e = entropies(p);
    table.show(p);
    drawDiagram(diagram, p, e);
    frame.say(sentence(e), { moving: dragging });
  };
  frame.root.style.setProperty("--columns", nY + 1);
  frame.root.append(
    element("div", { className: "bar" },
      preset("Independent", () => independent(model.get("p_xy"))),
      preset("A noisy copy", () => copyOfX(nX, nY, NOISE)),
      preset("A copy", () => copyOfX(nX, nY, 0)),
      ...frameButtons(frame, mirror.link)),
    frame.said, frame.alarm,
    element("div", { className: "charts" },
      element("div", {}, table.node, element("p", {
        className: "caption",
        textContent: "Areas are probabilities. Drag a square up or down, or use the arrow keys; " +
          "the others keep their proportions.",
      })),
      diagram.node));
  model.on("change:p_xy", draw);
  frame.onClose(mirror.close, () => model.off("change:p_xy", draw));
  frame.drawWith(draw);
  return frame.close;
}

export default { render };
