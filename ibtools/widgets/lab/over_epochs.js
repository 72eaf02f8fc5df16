// What goes with the plane: loss, accuracy and the gradients' signal-to-noise over the epochs, and
// where the activations of every layer lie.

import { axes, canvas, colourOf, figure, path, scale } from "../kit/charts.js";
import { clamp } from "../kit/numbers.js";

const MARGIN = { left: 44, right: 24, top: 26, bottom: 24 };

const position = (epoch) => Math.log10(epoch + 1);

function overEpochs(chart, { title, lastEpoch, frame, y: { low, high, ticks, name = String } }) {
  const area = canvas(chart, 160, MARGIN);
  const end = Math.max(lastEpoch, 10);
  const across = scale(0, position(end), area.left, area.right);
  const x = (epoch) => across(position(epoch));
  const y = scale(low, high, area.bottom, area.top);
  const decades = [0, 10, 100, 1000, 10000, 100000].filter((epoch) => epoch <= end);
  for (const value of ticks) area.text(name(value), area.left - 6, y(value) + 4, { "text-anchor": "end" });
  axes(area, x, y, {
    x: decades, y: [], nameX: (epoch) => (epoch >= 1000 ? `${epoch / 1000}k` : epoch),
  });
  for (const value of ticks)
    area.add("line", { class: "grid", x1: area.left, x2: area.right, y1: y(value), y2: y(value) });
  area.text(title, 4, 13);
  if (frame)
    area.add("line", {
      class: "cursor", x1: x(frame.epoch), x2: x(frame.epoch), y1: area.top, y2: area.bottom,
    });
  return { area, x, y };
}

// A curve of the training and one of the test samples.
export function drawTwo(chart, frames, current, { title, train, test, low, high, lastEpoch }) {
  const frame = frames[current];
  const { area, x, y } = overEpochs(chart, { title, lastEpoch, frame, y: { low, high, ticks: [low, high] } });
  const key = area.right - 104;
  area.add("line", { class: "train", x1: key, x2: key + 18, y1: 9, y2: 9 });
  area.text("train", key + 22, 13);
  area.add("line", { class: "test", x1: key + 58, x2: key + 76, y1: 9, y2: 9 });
  area.text("test", key + 80, 13);
  for (const [style, field] of [["train", train], ["test", test]])
    area.add("polyline", { class: style, points: path(frames.map((f) => [x(f.epoch), y(f[field])])) });
  chart.picture.setAttribute("aria-label", frame
    ? `${title} at epoch ${frame.epoch}: ${frame[train].toFixed(3)} train, ${frame[test].toFixed(3)} test`
    : `${title}, nothing measured yet`);
}

// The ratio of every layer's mean gradient to its spread over batches, on a log axis.
export function drawSignal(chart, frames, current, lastEpoch) {
  const title = "Gradient signal / noise";
  const frame = frames[current];
  const log = (ratio) => Math.log10(clamp(ratio, 0.001, 1000));
  const told = frames.filter((f) => f.signal_to_noise);
  const logs = told.flatMap((f) => f.signal_to_noise).filter((ratio) => ratio > 0).map(log);
  const low = Math.floor(Math.min(-1, ...logs));
  const high = Math.ceil(Math.max(1, ...logs));
  const ticks = [low, 0, high];
  const { area, x, y } = overEpochs(chart,
    { title, lastEpoch, frame, y: { low, high, ticks, name: (power) => String(10 ** power) } });
  area.add("line", { class: "even", x1: area.left, x2: area.right, y1: y(0), y2: y(0) });
  const names = frames[0]?.layer_names ?? [];
  const ends = [];
  names.forEach((name, layer) => {
    const points = told.filter((f) => f.signal_to_noise[layer] > 0)
      .map((f) => [x(f.epoch), y(log(f.signal_to_noise[layer]))]);
    if (!points.length) return;
    area.add("polyline", { class: "ratio", stroke: colourOf(layer), points: path(points) });
    ends.push([name, ...points.at(-1)]);
  });
  // Names stand at the ends of the curves, and apart from each other.
  ends.sort((a, b) => a[2] - b[2]);
  let above = area.top - 12;
  for (const [name, endX, endY] of ends) {
    above = Math.max(above + 12, Math.min(endY + 4, area.bottom - 12 * (ends.length - 1)));
    area.text(name, Math.min(endX + 3, area.right + 3), above, { class: "end" });
  }
  const ratios = frame?.signal_to_noise;
  chart.picture.setAttribute("aria-label", ratios
    ? `${title} at epoch ${frame.epoch}: ` +
      names.map((name, layer) => `${name} ${ratios[layer]?.toPrecision(2) ?? "none"}`).join(", ")
    : `${title}, nothing measured yet`);
}

const histogramNames = (frame) => (frame?.histograms ? frame.layer_names : []);

// As many empty pictures as the frame has layers.
export function provideHistograms(holder, frame) {
  const names = histogramNames(frame);
  while (holder.children.length > names.length) holder.lastChild.remove();
  while (holder.children.length < names.length) {
    const chart = figure("histogram");
    chart.node.chart = chart;
    holder.append(chart.node);
  }
}

export function drawHistograms(holder, frame) {
  histogramNames(frame).forEach((name, layer) => {
    const { chart } = holder.children[layer];
    const area = canvas(chart, 84, { left: 6, right: 6, top: 20, bottom: 18 });
    const bins = frame.histograms[layer];
    const width = (area.right - area.left) / bins.length;
    const y = scale(0, Math.max(...bins, 1), area.bottom, area.top);
    bins.forEach((count, i) => {
      area.add("rect", {
        fill: colourOf(layer), x: area.left + i * width, y: y(count),
        width: width > 3 ? width - 1 : width, height: area.bottom - y(count),
      });
    });
    area.add("line", { class: "base", x1: area.left, x2: area.right, y1: area.bottom, y2: area.bottom });
    area.text(name, area.left, 13, { class: "name" });
    area.text("−1", area.left, area.bottom + 14);
    area.text("1", area.right, area.bottom + 14, { "text-anchor": "end" });
    const outer = ((bins[0] + bins.at(-1)) / 10).toFixed(0);
    chart.picture.setAttribute("aria-label",
      `Activations of ${name} at epoch ${frame.epoch}: ${outer} % in the outermost bins`);
  });
}
