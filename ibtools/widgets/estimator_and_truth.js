// Estimator against truth: twenty estimates at each sample size, their mean, and how far it is off.
//
// The model has estimator (a name of choices), rho, dimension and seed, and choices: pairs of an
// estimator's name and its words; see estimator_and_truth.py.

import { informationOfNormals } from "./estimator_and_truth/samples.js";
import { inSlices } from "./estimator_and_truth/slices.js";
import { REPEATS, SIZES, sweep } from "./estimator_and_truth/sweep.js";
import { mirrorInAddress, numberIn, oneOf, wholeIn } from "./kit/address.js";
import { axes, canvas, colourOf, figure, path, scale, ticksTo } from "./kit/charts.js";
import { button, choice, element, labelled, slider } from "./kit/dom.js";
import { frameButtons, openFrame } from "./kit/frame.js";
import { whileSeen } from "./kit/motion.js";

const SETTINGS = ["estimator", "rho", "dimension", "seed"];
const LARGEST_RHO = 0.99;
const MOST_DIMENSIONS = 10;
const LARGEST_SEED = 9999;
const hundredths = (value) => (value === undefined ? value : Math.round(100 * value) / 100);

// Fewer standard errors than this between mean and truth may well be chance.
const CLEARLY = 2;
const isClear = (row, truth) => Math.abs(row.mean - truth) > CLEARLY * row.standardError;

const withSign = (value, plus, places = 2) => {
  const digits = Math.abs(value).toFixed(places);
  return Number(digits) === 0 ? digits : `${value < 0 ? "−" : plus}${digits}`;
};
const plain = (value) => withSign(value, "");
const signed = (value) => withSign(value, "+", Math.abs(value) < 9.995 ? 2 : 1);

// The axis of bits: up to a whole step above all values, down to 0 or to the lowest.
function heights(rows, truth) {
  const values = [0, truth, ...rows.flatMap((row) => row.estimates)];
  const most = Math.max(0.2, ...values);
  const [, step] = ticksTo(most, 4);
  const steps = Math.ceil(most / step + 0.1);
  const ticks = Array.from({ length: steps + 1 }, (_, i) => Number((i * step).toFixed(6)));
  return { low: Math.min(...values), high: ticks.at(-1), ticks };
}

// A line of [place, value] with the places added at which it crosses a height.
const withCrossings = (line, height) => line.flatMap(([u, value], i) => {
  const [before, old] = line[i - 1] ?? [u, value];
  if ((old - height) * (value - height) >= 0) return [[u, value]];
  return [[before + ((u - before) * (height - old)) / (value - old), height], [u, value]];
});

// Half a column of dots, from left to right in the order of the samples.
const HALF = 0.26;
const ROOM_FOR_BIAS = 46;

function drawEstimates(chart, rows, truth, words) {
  const area = canvas(chart, 400, { left: 44, right: 62, top: 26, bottom: 76 });
  const { low, high, ticks } = heights(rows, truth);
  const x = scale(-0.5, SIZES.length - 0.5, area.left, area.right);
  const y = scale(low, high, area.bottom - 6, area.top);
  axes(area, x, y, { x: SIZES.map((_, i) => i), y: ticks, nameX: (i) => SIZES[i] });
  area.text("bits", 4, 12);
  area.text("n", area.left - 6, area.bottom + 16, { "text-anchor": "end" });
  area.text("bias", area.left - 6, area.bottom + 36, { "text-anchor": "end" });
  area.text("n samples in each estimate", (area.left + area.right) / 2, area.bottom + 62,
    { "text-anchor": "middle" });

  const line = withCrossings(rows.map((row, i) => [i, row.mean]), truth);
  for (const [className, clip] of [["too-high", Math.max], ["too-low", Math.min]]) {
    const edge = line.map(([u, mean]) => [x(u), y(clip(mean, truth))]);
    if (!edge.length) continue;
    const base = [[edge.at(-1)[0], y(truth)], [edge[0][0], y(truth)]];
    area.add("polygon", { class: className, points: path([...edge, ...base]) });
  }
  area.add("line", { class: "truth", x1: area.left, x2: area.right, y1: y(truth), y2: y(truth) });

  rows.forEach((row, i) => {
    row.estimates.forEach((estimate, sample) => {
      const u = i + HALF * ((2 * sample) / (REPEATS - 1) - 1);
      area.add("circle", { class: "estimate", r: 2.5, cx: x(u), cy: y(estimate) });
    });
    const [up, down] = [row.mean + row.sd, row.mean - row.sd].map(y);
    area.add("line", { class: "spread", x1: x(i), x2: x(i), y1: up, y2: down });
    // In narrow columns every second one, the last among them: side by side they would be one.
    if (x(1) - x(0) > ROOM_FOR_BIAS || (SIZES.length - 1 - i) % 2 === 0)
      area.text(signed(row.mean - truth), x(i), area.bottom + 36,
        { class: "bias", "text-anchor": "middle" });
  });
  area.add("polyline", { class: "means", points: path(rows.map((row, i) => [x(i), y(row.mean)])) });
  rows.forEach((row, i) => area.add("circle", { class: "mean", r: 5, cx: x(i), cy: y(row.mean) }));
  nameGap(area, x, y, rows, truth);
  const told = { class: "name truth-name" };
  area.text("truth", area.right + 6, y(truth) - 2, told);
  area.text(plain(truth), area.right + 6, y(truth) + 13, told);
  chart.picture.setAttribute("aria-label", `Estimates against the number of samples. ${words}`);
}

const ROOM_FOR_WORDS = 20;

// Says between two columns which way their means are off, where the gap to the truth is widest.
function nameGap(area, x, y, rows, truth) {
  const off = rows.map((row) => (isClear(row, truth) ? row.mean - truth : 0));
  const gaps = off.slice(1).map((right, i) => {
    const nearer = Math.abs(right) < Math.abs(off[i]) ? right : off[i];
    return { at: i + 0.5, gap: right * off[i] > 0 ? nearer : 0 };
  });
  const [widest] = gaps.sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap));
  if (!widest || Math.abs(y(truth + widest.gap) - y(truth)) < ROOM_FOR_WORDS) return;
  area.text(widest.gap > 0 ? "too high" : "too low",
    x(widest.at), y(truth + widest.gap / 2) + 4, { class: "name", "text-anchor": "middle" });
}

/* --------------------------------------------------------------------- view */

function outcome(row, truth) {
  const bias = row.mean - truth;
  const size = Math.abs(bias) < 0.005 ? "less than 0.01" : plain(Math.abs(bias));
  const off = `${size} too ${bias > 0 ? "high" : "low"}`;
  return `from ${row.n} samples ${plain(row.mean)} ± ${row.sd.toFixed(2)}, ` +
    (isClear(row, truth) ? off : "no clear bias");
}

function sentence(rows, truth, estimator) {
  const ends = rows.length > 1 ? [rows[0], rows.at(-1)] : rows;
  const told = ends.map((row) => outcome(row, truth)).join("; ") || "measuring";
  return `The truth is ${truth.toFixed(2)} bits. ${estimator}: ${told}.`;
}

const ESTIMATES_STYLE = `
.estimator-and-truth .controls { align-items: end; }
.estimator-and-truth .state { color: var(--ink); font-variant-numeric: tabular-nums;
  min-height: 2.8em; }
@container (max-width: 480px) { .estimator-and-truth .state { min-height: 5.6em; } }
.estimator-and-truth .bias { fill: var(--ink); }
.estimator-and-truth .truth { stroke: var(--ink); stroke-width: 2.5; }
.estimator-and-truth .too-high { fill: ${colourOf(5)}; opacity: 0.22; }
.estimator-and-truth .too-low { fill: ${colourOf(6)}; opacity: 0.32; }
.estimator-and-truth .estimate { fill: var(--accent); opacity: 0.5; }
.estimator-and-truth .means { fill: none; stroke: var(--accent); stroke-width: 2; }
.estimator-and-truth .spread { stroke: var(--accent); stroke-width: 2; }
.estimator-and-truth .mean { fill: var(--accent); stroke: var(--ground); stroke-width: 2; }
`;

function render({ model, el }) {
  const frame = openFrame({
    el, label: "Estimator and truth", className: "estimator-and-truth", style: ESTIMATES_STYLE,
  });
  const choices = model.get("choices");
  const rhos = numberIn(0, LARGEST_RHO);
  const mirror = mirrorInAddress(model, {
    estimator: oneOf(choices.map(([name]) => name)),
    rho: { read: (text) => hundredths(rhos.read(text)), write: rhos.write },
    dimension: wholeIn(1, MOST_DIMENSIONS),
    seed: wholeIn(0, LARGEST_SEED),
  });
  const put = (name, value) => {
    model.set(name, value);
    model.save_changes();
  };
  const estimator = choice(choices, { onchange: () => put("estimator", estimator.value) });
  const rho = slider({
    label: "Correlation ρ", low: 0, high: LARGEST_RHO, step: 0.01, value: model.get("rho"),
    words: (value) => value.toFixed(2), onInput: (value) => put("rho", value),
  });
  const dimension = slider({
    label: "Dimension d", low: 1, high: MOST_DIMENSIONS, step: 1, value: model.get("dimension"),
    onInput: (value) => put("dimension", value),
  });
  const chart = figure("estimates");

  const truth = () => informationOfNormals(model.get("dimension"), model.get("rho"));
  let rows = [];
  const draw = () => {
    const words = sentence(rows, truth(), new Map(choices).get(model.get("estimator")));
    drawEstimates(chart, rows, truth(), words);
    frame.say(words, { moving: rows.length < SIZES.length });
  };
  let seen = false;
  let work;
  const begin = () => {
    work?.rest();
    const settings = Object.fromEntries(SETTINGS.map((name) => [name, model.get(name)]));
    estimator.value = settings.estimator;
    rho.show(settings.rho);
    dimension.show(settings.dimension);
    rows = [];
    work = inSlices(sweep(settings), (row) => {
      rows.push(row);
      draw();
    });
    if (seen) work.go();
  };
  const restart = () => {
    begin();
    draw();
  };
  frame.root.append(
    element("div", { className: "controls" },
      labelled("Estimator", estimator), rho.node, dimension.node),
    frame.said, frame.alarm, chart.node,
    element("p", {
      className: "caption",
      textContent: `Small dots: ${REPEATS} estimates, each from n samples of its own. Large ` +
        "dots: their mean, with a bar of one standard deviation up and down. Bias: mean minus " +
        "truth, in bits.",
    }),
    element("div", { className: "bar foot" },
      button("New samples", () => put("seed", (model.get("seed") + 1) % (LARGEST_SEED + 1))),
      ...frameButtons(frame, mirror.link)));
  for (const name of SETTINGS) model.on(`change:${name}`, restart);
  begin();
  frame.drawWith(draw);
  frame.onClose(
    mirror.close, () => work.rest(),
    () => SETTINGS.forEach((name) => model.off(`change:${name}`, restart)),
    whileSeen(frame.root, (now) => {
      seen = now;
      if (seen) work.go();
      else work.rest();
    }));
  return frame.close;
}

export default { render };
