// The three pictures: points under the filters' cones, points told by features, and the loss.

import { axes, canvas, colourOf, path, scale, ticksTo } from "../kit/charts.js";
import { clamp } from "../kit/numbers.js";
import { aloneIn, around, axesOf, NEAR, sectors } from "./cones.js";

const INDICES = ["₁", "₂", "₃"];
export const featureName = (feature) => `z${INDICES[feature]}`;

// A point that no feature tells alone has no colour; one of the second group is hollow.
function drawPoint(area, [cx, cy], r, feature, hollow) {
  area.add("circle", {
    class: `point ${feature < 0 ? "shared" : "alone"} ${hollow ? "hollow" : ""}`,
    r: hollow ? r - 0.5 : r, cx, cy, ...(feature >= 0 && { style: `--of: ${colourOf(feature)}` }),
  });
}

const small = (area) => area.right - area.left < 240;
const dotSize = (area) => (small(area) ? 3 : 4.5);

// A square canvas: as high as it is wide.
function square(chart, margin) {
  const side = clamp(chart.node.clientWidth, 120, 380);
  const area = canvas(chart, side + 24, margin);
  const surplus = (chart.node.clientWidth - side) / 2;
  return { ...area, left: area.left + surplus, right: area.right - surplus };
}

// How many of the points each feature tells alone.
export function countAlone(step) {
  const owners = step.told.map(aloneIn);
  return step.filters.map((_, feature) => owners.filter((owner) => owner === feature).length);
}

// The names of the groups beside their outermost points.
function nameGroups(area, points, groups, place) {
  groups.names.forEach((name, group) => {
    const outermost = points.filter((_, i) => groups.of(i) === group)
      .reduce((best, point) => (point[0] - point[1] > best[0] - best[1] ? point : best));
    const [x, y] = place(outermost);
    area.text(name, x + 9, y + 9, { class: "name" });
  });
}

export function drawPoints(chart, { points, groups, step, start }) {
  const area = square(chart, { left: 18, right: 18, top: 42, bottom: 18 });
  const middle = [(area.left + area.right) / 2, (area.top + area.bottom) / 2];
  const radius = (area.right - area.left) / 2;
  const place = (angle, length) =>
    [middle[0] + radius * length * Math.cos(angle), middle[1] - radius * length * Math.sin(angle)];
  area.text("points x, filters’ cones", 4, 12, { class: "title" });

  const directions = around(step);
  area.add("circle", { class: "disc", cx: middle[0], cy: middle[1], r: radius });
  for (const { feature, alone, from, to } of sectors(directions))
    for (const half of [0, Math.PI]) {
      const [x1, y1] = place(from + half, 1);
      const [x2, y2] = place(to + half, 1);
      const large = to - from > Math.PI ? 1 : 0;
      area.add("path", {
        class: `sector ${alone ? "alone" : ""}`, fill: colourOf(feature),
        d: `M${middle} L${x1},${y1} A${radius},${radius} 0 ${large} 0 ${x2},${y2} Z`,
      });
    }
  if (step !== start)
    axesOf(around(start)).forEach((angle, feature) => {
      const [[x1, y1], [x2, y2]] = [place(angle, 1), place(angle + Math.PI, 1)];
      area.add("line", { class: "before", stroke: colourOf(feature), x1, y1, x2, y2 });
    });
  const put = ([x, y]) => [middle[0] + radius * x, middle[1] - radius * y];
  points.forEach((point, i) =>
    drawPoint(area, put(point), dotSize(area), aloneIn(step.told[i]), groups?.of(i) === 1));
  if (groups) nameGroups(area, points, groups, put);
  nameAxes(area, axesOf(directions), (angle) => place(angle, 1 + 11 / radius));

  const inside = countAlone(step);
  const told = axesOf(directions).map((angle, feature) =>
    `the cone of ${featureName(feature)} lies at ${Math.round((angle * 180) / Math.PI)}° ` +
    `and holds ${inside[feature]}`);
  chart.picture.setAttribute("aria-label", `${points.length} points in the plane: ${told.join("; ")}`);
}

// Axes closer than this share a name.
const TOO_CLOSE = 0.16;

function nameAxes(area, angles, place) {
  const named = [];
  angles.forEach((angle, feature) => {
    const other = named.find((one) => Math.abs(Math.sin(one.angle - angle)) < TOO_CLOSE);
    if (other) other.features.push(feature);
    else named.push({ angle, features: [feature] });
  });
  for (const { angle, features } of named) {
    const [x, y] = place(angle);
    area.text(features.map(featureName).join(" "), x, y + 4, { class: "name", "text-anchor": "middle" });
  }
}

// The corners of the positive part of the unit circle or sphere, as seen on paper.
const CORNERS = { 2: [[1, 0], [0, 1]], 3: [[-0.866, -0.5], [0.866, -0.5], [0, 1]] };
const SIDES = { 2: ["right", "top"], 3: ["left", "right", "top"] };

const corner = (n, feature, size = 1) =>
  Array.from({ length: n }, (_, i) => (i === feature ? size : 0));
const sum = (a, b) => a.map((value, i) => value + b[i]);

// What lies within NEAR of a corner: a slice of the circle, or a patch of the sphere.
function nearCorner(n, feature) {
  const inward = 1 - (NEAR * NEAR) / 2;
  const aside = Math.sqrt(1 - inward * inward);
  const others = corner(n, feature).flatMap((_, i) => (i === feature ? [] : [corner(n, i, aside)]));
  const towards = (aim) => sum(corner(n, feature, inward), aim);
  if (n === 2) return [[0, 0], corner(n, feature), towards(others[0])];
  const between = sum(others[0], others[1]).map((value) => value * Math.SQRT1_2);
  return [corner(n, feature), ...[others[0], between, others[1]].map(towards)];
}

const arc = (n, a, b) => Array.from({ length: 31 }, (_, i) =>
  sum(corner(n, a, Math.cos((Math.PI * i) / 60)), corner(n, b, Math.sin((Math.PI * i) / 60))));

// Points that share a place are piled up towards the origin.
function piled(places, origin, gap) {
  return places.map(([x, y], i) => {
    const under = places.slice(0, i).filter(([a, b]) => Math.hypot(a - x, b - y) < gap).length;
    const far = Math.hypot(origin[0] - x, origin[1] - y) || 1;
    const up = Math.min(1, (under * gap) / far);
    return [x + (origin[0] - x) * up, y + (origin[1] - y) * up];
  });
}

export function drawFeatures(chart, { groups, step }) {
  const n = step.filters.length;
  const area = square(chart, { left: 26, right: 26, top: 46, bottom: 26 });
  const width = area.right - area.left;
  const radius = n === 2 ? width : width / 1.74;
  const origin = n === 2 ? [area.left, area.bottom] : [area.left + width / 2, area.top + radius];
  const place = (told) => told.reduce(([x, y], value, i) =>
    [x + radius * value * CORNERS[n][i][0], y - radius * value * CORNERS[n][i][1]], origin);
  const line = (name, tolds) => area.add("polyline", { class: name, points: path(tolds.map(place)) });
  area.text("told by features z", 4, 12, { class: "title" });

  step.filters.forEach((_, feature) => {
    area.add("polygon", {
      class: "sector alone", fill: colourOf(feature), points: path(nearCorner(n, feature).map(place)),
    });
    line("grid", [corner(n, feature, 0), corner(n, feature)]);
    for (let other = 0; other < feature; other += 1) line("edge", arc(n, feature, other));
  });
  if (n === 3) line("reach", around(step).map(({ told }) => told));

  const r = dotSize(area);
  piled(step.told.map(place), origin, 1.5 * r).forEach((dot, i) =>
    drawPoint(area, dot, r, aloneIn(step.told[i]), groups?.of(i) === 1));
  const inside = countAlone(step);
  inside.forEach((count, feature) => {
    const [x, y] = place(corner(n, feature));
    const [at, anchor, down] = {
      right: [area.right + 24, "end", n === 2 ? 18 : 34],
      left: [area.left - 24, "start", 34],
      top: [x, n === 2 ? "start" : "middle", -9],
    }[SIDES[n][feature]];
    area.text(`${featureName(feature)} alone: ${count}`, at, y + down, {
      class: "name", "text-anchor": anchor,
    });
  });
  chart.picture.setAttribute("aria-label",
    `The points as unit vectors of ${n} features. Told by one feature: ` +
    inside.map((count, feature) => `${featureName(feature)} ${count}`).join(", ") +
    `; by several: ${step.told.length - inside.reduce((a, b) => a + b, 0)}`);
}

// The loss where every direction is alike: the mean of |cos| + |sin| is 4/π, that of three |cos|
// a third of a turn apart, whose squares sum to 3/2, is 2√6/π.
export const ALL_ALIKE = {
  2: { value: 4 / Math.PI, words: "4/π" }, 3: { value: (2 * Math.sqrt(6)) / Math.PI, words: "2√6/π" },
};

export function drawLoss(chart, { steps, index }) {
  const n = steps[0].filters.length;
  const most = Math.sqrt(n);
  const area = canvas(chart, 170, { left: 44, right: 16, top: 30, bottom: 34 });
  const last = steps.length - 1;
  const x = scale(0, Math.max(last, 1), area.left, area.right);
  const y = scale(1 - (most - 1) / 4, most, area.bottom, area.top);
  axes(area, x, y, {
    x: ticksTo(last, 6).filter(Number.isInteger), y: n === 2 ? [1, 1.2, 1.4] : [1, 1.2, 1.4, 1.6],
  });
  area.text("loss per point", 4, 12, { class: "title" });
  area.text("step", area.right, area.bottom + 30, { "text-anchor": "end" });
  const levels = [
    [1, "1: one feature tells each point", 15],
    [ALL_ALIKE[n].value, `${ALL_ALIKE[n].words}: all directions alike`, -6],
  ];
  for (const [value] of levels)
    area.add("line", { class: "level", x1: area.left, x2: area.right, y1: y(value), y2: y(value) });
  area.add("polyline", { class: "fall", points: path(steps.map(({ loss }, i) => [x(i), y(loss)])) });
  area.add("circle", { class: "here", r: 6, cx: x(index), cy: y(steps[index].loss) });
  for (const [value, words, down] of levels)
    area.text(words, area.right - 4, y(value) + down, { class: "note", "text-anchor": "end" });
  chart.picture.setAttribute("aria-label",
    `Loss per point by step: from ${steps[0].loss.toFixed(3)} down to ${steps[last].loss.toFixed(3)}, ` +
    `${steps[index].loss.toFixed(3)} at step ${index} of ${last}`);
}
