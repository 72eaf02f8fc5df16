// The information plane: where every layer is now, how it came there, and what a ghost did.

import { axes, canvas, colourOf, path, scale, shadeOutOfReach } from "../kit/charts.js";
import { meanOf } from "../kit/numbers.js";
import { placeOf } from "./frames.js";

// Layers often meet in the upper right corner: take the nearest free place around the point.
function labelPlaces(points, area, names) {
  const box = ([x, y], width, height) => [x - width / 2, x + width / 2, y - height / 2, y + height / 2];
  const meet = (a, b) => a[0] < b[1] && b[0] < a[1] && a[2] < b[3] && b[2] < a[3];
  const taken = points.map((point) => box(point, 14, 14));
  const offsets = [[20, 0], [0, -19], [-20, 0], [0, 19]];
  for (let row = 1; row < 9; row++) offsets.push([-20, 17 * row], [20, 17 * row], [-40, 17 * row]);
  return points.map(([x, y], i) => {
    const width = 9 * names[i].length + 6;
    const inside = (b) => b[0] > area.left && b[1] < area.right + 24 && b[2] > 2 && b[3] < area.bottom;
    const free = offsets
      .map(([dx, dy]) => [x + dx, y + dy])
      .find((place) => {
        const wanted = box(place, width, 15);
        return inside(wanted) && !taken.some((other) => meet(wanted, other));
      }) ?? [x - 20, y];
    taken.push(box(free, width, 15));
    return free;
  });
}

const largest = (frames, field, band) =>
  Math.max(...frames.flatMap((frame) => (frame[band]?.high ?? frame[field]).flat()));

const ticks = (high, step) =>
  Array.from({ length: Math.floor(high / step) + 1 }, (_, i) => +(i * step).toFixed(1));

// frames up to `current`; ghost: {frames} or null; limit: a line {x, y} or undefined.
export function drawPlane(chart, height, { frames, current, ghost, limit }) {
  const area = canvas(chart, height, { left: 44, right: 26, top: 22, bottom: 44 });
  const all = [...frames, ...(ghost?.frames ?? [])];
  const highX = Math.max(limit?.ceiling ?? 12, largest(all, "information_x", "band_x")) + 0.4;
  const highY = 1.05 * Math.max(1, ...(limit?.y ?? []), largest(all, "information_y"));
  const x = scale(0, highX, area.left, area.right);
  const y = scale(0, highY, area.bottom, area.top);
  axes(area, x, y, { x: ticks(highX, highX > 16 ? 4 : 2), y: ticks(highY, highY > 2 ? 0.5 : 0.2) });
  if (limit) {
    const within = limit.x.filter((cost) => cost <= highX).length;
    shadeOutOfReach(area, x, y, { x: limit.x.slice(0, within), y: limit.y.slice(0, within) });
    area.text("IB limit", x(0.3 * highX), y(limit.y.at(-1)) - 6, { "text-anchor": "middle" });
  }
  area.text("I(X;T), bits", (area.left + area.right) / 2, area.bottom + 36, { "text-anchor": "middle" });
  area.text("I(T;Y), bits", 4, 12);

  const place = (frame, layer) =>
    [x(meanOf(frame.information_x[layer])), y(meanOf(frame.information_y[layer]))];
  const trail = (seen, layer, style) => area.add("polyline", {
    class: style, stroke: colourOf(layer), points: path(seen.map((frame) => place(frame, layer))),
  });
  const frame = frames[current];
  const behind = ghost && ghostFrame(ghost, frame);
  const hollow = behind ? behind.layer_names.map((_, layer) => place(behind, layer)) : [];
  hollow.forEach((_, layer) =>
    trail(ghost.frames.filter(({ epoch }) => epoch <= behind.epoch), layer, "trail ghost"));
  const drawHollow = () => hollow.forEach(([cx, cy], layer) =>
    area.add("circle", { class: "ghost", stroke: colourOf(layer), r: 6, cx, cy }));
  if (!frame) {
    drawHollow();
    chart.picture.setAttribute("aria-label", "Information plane, nothing measured yet");
    return;
  }
  frame.layer_names.forEach((_, layer) => {
    trail(frames.slice(0, current + 1), layer, "trail");
    frame.information_x[layer].forEach((value, network) => {
      const cy = y(frame.information_y[layer][network]);
      if (frame.band_x) {
        const [low, high] = [frame.band_x.low, frame.band_x.high].map((band) => x(band[layer][network]));
        area.add("line", { class: "band", stroke: colourOf(layer), x1: low, x2: high, y1: cy, y2: cy });
      }
      area.add("circle", { class: "point", fill: colourOf(layer), r: 3.5, cx: x(value), cy });
    });
  });
  const means = frame.layer_names.map((_, layer) => place(frame, layer));
  means.forEach(([cx, cy], layer) =>
    area.add("circle", { class: "mean", fill: colourOf(layer), r: 6.5, cx, cy }));
  drawHollow();
  const points = [...means, ...hollow];
  const names = [...frame.layer_names, ...(behind?.layer_names ?? [])];
  labelPlaces(points, area, names).forEach(([lx, ly], i) => {
    const [mx, my] = points[i];
    const stroke = colourOf(i < means.length ? i : i - means.length);
    if (Math.hypot(lx - mx, ly - my) > 22)
      area.add("line", { class: "leader", stroke, x1: mx, y1: my, x2: lx, y2: ly - 4 });
    const style = i < means.length ? "name" : "name of-ghost";
    area.text(names[i], lx, ly + 4.5, { class: style, "text-anchor": "middle" });
  });
  chart.picture.setAttribute("aria-label",
    `Information plane at epoch ${frame.epoch}, mean over networks of I(X;T) and I(T;Y) in bits. ` +
    layerWords(frame) + (behind ? `. The ghost: ${layerWords(behind)}` : ""));
}

// What a ghost looked like when the run before it was where its frame is.
export const ghostFrame = (ghost, frame) =>
  frame ? ghost.frames[Math.max(placeOf(ghost.frames, frame.epoch), 0)] : ghost.frames.at(-1);

export const layerWords = (frame) =>
  frame.layer_names.map((name, layer) =>
    `${name}: ${meanOf(frame.information_x[layer]).toFixed(2)} and ` +
    meanOf(frame.information_y[layer]).toFixed(2)).join("; ");
