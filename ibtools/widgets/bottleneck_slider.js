// The bottleneck slider: a point on the curve, the encoder q(t|x) and what the clusters say.
//
// The model has the index of a solution and a curve, made in bottleneck_slider.py:
//
//   beta, cost, relevance, slope, n_clusters   by solution; cost_name, unit, slope_name: in words
//   encoders[solution][row][lane]   q(t|x) in per cent; a lane is a place that a cluster keeps
//   shares[solution][lane]          q(t), 0 in an empty lane
//   told[solution][lane][y]         q(y|t) in per cent
//   rows[row][y]                    p(y|x) in per cent; x_names, y_names
//   limit, reached                  lines {x, y} in the plane; end: the largest cost shown
//   information                     I(X;Y);  has_tangent: whether the slope is that of the plane

import { mirrorInAddress, wholeIn } from "./kit/address.js";
import { axes, canvas, colourOf, figure, path, scale, shadeOutOfReach, short, ticksTo } from "./kit/charts.js";
import { element, slider } from "./kit/dom.js";
import { frameButtons, openFrame } from "./kit/frame.js";

function drawCurve(chart, curve, index) {
  const area = canvas(chart, 400, { left: 44, right: 12, top: 24, bottom: 44 });
  const top = 1.15 * Math.max(curve.information, 1e-3);
  const x = scale(0, curve.end, area.left, area.right);
  const y = scale(0, top, area.bottom, area.top);
  axes(area, x, y, { x: ticksTo(curve.end, 5), y: ticksTo(top, 6) });
  const line = [[x(0), y(0)], ...curve.reached.x.map((cost, i) => [x(cost), y(curve.reached.y[i])])];
  const right = [[area.right, line.at(-1)[1]], [area.right, area.bottom]];
  area.add("polygon", { class: "reached", points: path([...line, ...right]) });
  shadeOutOfReach(area, x, y, curve.limit);
  area.add("polyline", { class: "hull", points: path(line) });
  area.add("line", { class: "whole", x1: area.left, x2: area.right, y1: y(curve.information), y2: y(curve.information) });
  area.text(`${curve.cost_name}, ${curve.unit}`, (area.left + area.right) / 2, area.bottom + 36, { "text-anchor": "middle" });
  area.text(`I(T;Y), ${curve.unit}`, 4, 12);

  curve.beta.forEach((_, i) =>
    area.add("circle", { class: "solution", r: 2.5, cx: x(curve.cost[i]), cy: y(curve.relevance[i]) }));
  const [cost, relevance, slope] = [curve.cost[index], curve.relevance[index], curve.slope[index]];
  if (curve.has_tangent) {
    const from = Math.max(0, cost - relevance / slope);
    const to = Math.min(curve.end, cost + (top - relevance) / slope);
    const height = (at) => y(relevance + slope * (at - cost));
    area.add("line", { class: "tangent", x1: x(from), x2: x(to), y1: height(from), y2: height(to) });
    area.text(`tangent: ${curve.slope_name} = ${short(slope)}`, area.right - 6, area.bottom - 10, { class: "name", "text-anchor": "end" });
  }
  area.text(`I(X;Y) = ${short(curve.information)} ${curve.unit}`, area.left + 6, y(curve.information) - 6, { class: "note" });
  area.text("out of reach", area.left + 6, area.top + 15, { class: "note" });
  area.add("circle", { class: "here", r: 7, cx: x(cost), cy: y(relevance) });
  chart.picture.setAttribute("aria-label",
    `The information curve, with the point of ${sentence(curve, index)}`);
}

// A bar from a to b in which each y has its share, in y's colours.
function stack(area, shares, [a, b], place) {
  const total = shares.reduce((sum, share) => sum + share, 0);
  let from = a;
  shares.forEach((share, i) => {
    const to = from + ((b - a) * share) / total;
    if (share > 0) area.add("rect", { class: "part", fill: colourOf(i), ...place(Math.min(from, to), Math.abs(to - from)) });
    from = to;
  });
}

// More rows than this have no room for their names.
const MOST_NAMES = 32;
const named = (curve) => curve.rows.length <= MOST_NAMES;
const encoderHeight = (curve) => (named(curve) ? Math.max(400, 176 + 12.5 * curve.rows.length) : 400);

function drawEncoder(chart, curve, index) {
  const longest = Math.max(...curve.x_names.map((name) => name.length));
  const left = named(curve) ? Math.min(120, 14 + 6.6 * longest) : 26;
  const area = canvas(chart, encoderHeight(curve), { left, right: 0, top: 44, bottom: 132 });
  const strip = { x: area.right - 46, width: 46 };
  const lanes = curve.shares[index];
  const width = (strip.x - 10 - area.left) / lanes.length;
  const height = (area.bottom - area.top) / curve.rows.length;
  area.text("encoder q(t|x)", area.left, 12);
  area.text("p(y|x)", area.right, 12, { "text-anchor": "end" });
  area.add("rect", { class: "ground", x: area.left, y: area.top, width: width * lanes.length, height: area.bottom - area.top });
  curve.encoders[index].forEach((shades, row) => {
    const y = area.top + row * height;
    shades.forEach((shade, lane) => {
      if (shade > 0) area.add("rect", {
        class: "cell", "fill-opacity": shade / 100, x: area.left + lane * width, y, width, height,
      });
    });
    stack(area, curve.rows[row], [strip.x, area.right], (x, w) => ({ x, width: w, y, height }));
    if (named(curve)) area.text(curve.x_names[row], area.left - 6, y + height / 2 + 4, { "text-anchor": "end" });
  });
  if (!named(curve)) {
    const middle = (area.top + area.bottom) / 2;
    area.text("x, similar p(y|x) together", 12, middle, { "text-anchor": "middle", transform: `rotate(-90 12 ${middle})` });
  }

  const base = chart.picture.viewBox.baseVal.height - 6;
  const top = area.bottom + 30;
  const widest = Math.max(...lanes);
  area.text("clusters q(y|t), as wide as q(t)", area.left, area.bottom + 20);
  lanes.forEach((share, lane) => {
    if (!share) return;
    const middle = area.left + (lane + 0.5) * width;
    const w = Math.max(1.5, 0.92 * width * (share / widest));
    stack(area, curve.told[index][lane], [base, top], (y, h) => ({ y, height: h, x: middle - w / 2, width: w }));
    if (width > 18) area.text(`t${lane + 1}`, middle, area.top - 8, { class: "name", "text-anchor": "middle" });
  });
  curve.y_names.forEach((name, i) => {
    const y = base - 12 * i;
    area.add("rect", { class: "part", fill: colourOf(i), x: strip.x, y: y - 9, width: 9, height: 9 });
    area.text(name, strip.x + 13, y);
  });
  area.text("y", strip.x, base - 12 * curve.y_names.length);
  const said = lanes.flatMap((share, lane) => share
    ? [`t${lane + 1} with ${Math.round(100 * share)} %: ` +
       curve.y_names.map((name, i) => `${name} ${curve.told[index][lane][i]} %`).join(", ")]
    : []);
  chart.picture.setAttribute("aria-label", `The encoder, and what its clusters say about Y. ${said.join("; ")}`);
}

/* --------------------------------------------------------------------- view */

function sentence(curve, index) {
  const n = curve.n_clusters[index];
  const bits = (name, value) => `${name} = ${value.toFixed(2)} ${curve.unit}`;
  return `β = ${short(curve.beta[index])}: ${bits(curve.cost_name, curve.cost[index])}, ` +
    `${bits("I(T;Y)", curve.relevance[index])}, ${n} cluster${n === 1 ? "" : "s"}`;
}

const SLIDER_STYLE = `
.bottleneck-slider .charts { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 24px; margin-top: 12px; }
.bottleneck-slider .state { color: var(--ink); font-variant-numeric: tabular-nums; }
.bottleneck-slider .note { paint-order: stroke; stroke: var(--ground); stroke-width: 3px; }
.bottleneck-slider .reached { fill: var(--accent); opacity: 0.1; }
.bottleneck-slider .hull { fill: none; stroke: var(--accent); stroke-width: 2; }
.bottleneck-slider .whole { stroke: var(--soft); stroke-dasharray: 5 4; }
.bottleneck-slider .solution { fill: var(--accent); }
.bottleneck-slider .tangent { stroke: #d55e00; stroke-width: 2; stroke-dasharray: 2 3; }
.bottleneck-slider .here { fill: #d55e00; stroke: var(--ground); stroke-width: 2; }
.bottleneck-slider .ground { fill: var(--raised); }
.bottleneck-slider .cell { fill: var(--ink); shape-rendering: crispEdges; }
.bottleneck-slider .part { shape-rendering: crispEdges; }
@container (max-width: 640px) {
  .bottleneck-slider .charts { grid-template-columns: minmax(0, 1fr); }
  .bottleneck-slider .state { min-height: 2.8em; }
}
`;

function render({ model, el }) {
  const curve = model.get("curve");
  const frame = openFrame({ el, label: "Bottleneck slider", className: "bottleneck-slider", style: SLIDER_STYLE });
  const plane = figure("plane");
  const encoder = figure("encoder");
  const mirror = mirrorInAddress(model, { index: wholeIn(0, curve.beta.length - 1) });
  const beta = slider({
    label: "β", low: 0, high: curve.beta.length - 1, step: 1, value: model.get("index"),
    words: (index) => short(curve.beta[index]),
    onInput(index) {
      model.set("index", index);
      model.save_changes();
    },
  });
  const draw = () => {
    const index = model.get("index");
    beta.show(index);
    frame.say(sentence(curve, index));
    drawCurve(plane, curve, index);
    drawEncoder(encoder, curve, index);
  };
  frame.root.append(
    beta.node, frame.said, frame.alarm,
    element("div", { className: "charts" }, plane.node, encoder.node),
    element("div", { className: "bar foot" }, ...frameButtons(frame, mirror.link)));
  model.on("change:index", draw);
  frame.onClose(mirror.close, () => model.off("change:index", draw));
  frame.drawWith(draw);
  return frame.close;
}

export default { render };
