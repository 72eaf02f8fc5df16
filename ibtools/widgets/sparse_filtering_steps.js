// Sparse filtering, step by step: filters turn until points are told by as few features as can be.
//
// The model has data (a name of data.js), features (how many), seed (which start) and step. All
// steps of a descent take a few milliseconds, so they are computed here and never sent.

import { mirrorInAddress, oneOf, wholeIn } from "./kit/address.js";
import { figure } from "./kit/charts.js";
import { button, choice, element, labelled, slider } from "./kit/dom.js";
import { frameButtons, openFrame } from "./kit/frame.js";
import { player } from "./kit/motion.js";
import { DATA, LAST_SEED, MOST_FEATURES, startingFilters } from "./sparse_filtering_steps/data.js";
import { descend, MOST_STEPS } from "./sparse_filtering_steps/descent.js";
import {
  countAlone, drawFeatures, drawLoss, drawPoints, featureName,
} from "./sparse_filtering_steps/pictures.js";

const INTERVAL = 220;

const BASES_STYLE = `
.sparse-filtering .charts {
  grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); margin-top: 12px; }
.sparse-filtering .loss { grid-column: 1 / -1; }
.sparse-filtering .state { color: var(--ink);
  font-variant-numeric: tabular-nums; min-height: 2.8em; }
.sparse-filtering .bar > label { flex: 1 1 150px; }
.sparse-filtering .bar > button { flex: 1 0 auto; }
.sparse-filtering .bar.foot > button { flex: none; }
.sparse-filtering text.title { fill: var(--ink); }
.sparse-filtering .note { paint-order: stroke; stroke: var(--ground); stroke-width: 3px; }
.sparse-filtering .disc { fill: none; stroke: var(--line); }
.sparse-filtering .sector { opacity: 0.07; }
.sparse-filtering .sector.alone { opacity: 0.34; }
.sparse-filtering .before { stroke-width: 1.5; stroke-dasharray: 3 4; }
.sparse-filtering .point { stroke: var(--ground); fill: var(--of, var(--soft)); }
.sparse-filtering .point.hollow { stroke: var(--of, var(--soft)); stroke-width: 2; fill: var(--ground); }
.sparse-filtering .edge { fill: none; stroke: var(--soft); }
.sparse-filtering .reach { fill: none; stroke: var(--soft); stroke-dasharray: 2 3; }
.sparse-filtering .level { stroke: var(--soft); stroke-dasharray: 5 4; }
.sparse-filtering .fall { fill: none; stroke: var(--accent); stroke-width: 2; }
.sparse-filtering .here { fill: #d55e00; stroke: var(--ground); stroke-width: 2; }
@container (max-width: 700px) {
  .sparse-filtering .charts {
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 8px; }
  .sparse-filtering .state { min-height: 4.2em; }
}
`;

function sentence(steps, index) {
  const alone = countAlone(steps[index]);
  const all = alone.reduce((a, b) => a + b, 0);
  const shares = alone.map((count, feature) => `${featureName(feature)} ${count}`).join(", ");
  const end = index === steps.length - 1 ? " Turning the filters lowers it no further." : "";
  return `Step ${index} of ${steps.length - 1}: one feature alone tells ${all} of ` +
    `${steps[index].told.length} points (${shares}). Loss per point ${steps[index].loss.toFixed(3)}, ` +
    `between 1 and ${Math.sqrt(alone.length).toFixed(3)}.${end}`;
}

function render({ model, el }) {
  const frame = openFrame({ el, label: "Sparse filtering, step by step", className: "sparse-filtering", style: BASES_STYLE });
  const pictures = { points: figure("points"), features: figure("features"), loss: figure("loss") };

  let run;
  const compute = () => {
    const { points, groups } = DATA[model.get("data")];
    const all = points();
    run = { groups, points: all, steps: descend(startingFilters(model.get("seed"), model.get("features")), all) };
  };
  const last = () => run.steps.length - 1;
  const index = () => Math.min(model.get("step"), last());
  const change = (values) => {
    for (const [key, value] of Object.entries(values)) model.set(key, value);
    model.save_changes();
  };

  const mirror = mirrorInAddress(model, {
    data: oneOf(Object.keys(DATA)),
    features: wholeIn(2, MOST_FEATURES),
    seed: wholeIn(0, LAST_SEED),
    step: wholeIn(0, MOST_STEPS),
  });
  compute();

  const moving = player({
    node: frame.root,
    interval: INTERVAL,
    step() {
      change({ step: index() + 1 });
      return index() < last();
    },
    onChange: () => draw(),
  });

  const data = choice(Object.entries(DATA).map(([key, { name }]) => [key, name]), {
    onchange: () => change({ data: data.value, step: 0 }),
  });
  const features = choice(["2", "3"], {
    onchange: () => change({ features: Number(features.value), step: 0 }),
  });
  const play = button("Play", () => {
    if (moving.playing) return moving.stop();
    if (index() === last()) change({ step: 0 });
    moving.start();
  });
  const reset = button("Reset", () => {
    moving.stop();
    change({ step: 0 });
  });
  const again = button("New start", () =>
    change({ seed: (model.get("seed") + 1) % (LAST_SEED + 1), step: 0 }));
  const time = slider({
    label: "Step", low: 0, high: 1, step: 1, value: 0, words: (step) => `${step} of ${last()}`,
    onInput(step) {
      moving.stop();
      change({ step });
    },
  });

  const draw = () => {
    const { steps } = run;
    const step = steps[index()];
    data.value = model.get("data");
    features.value = String(model.get("features"));
    play.textContent = moving.playing ? "Pause" : "Play";
    time.control.max = String(last());
    time.show(index());
    frame.say(sentence(steps, index()), { moving: moving.playing });
    drawPoints(pictures.points, { ...run, step, start: steps[0] });
    drawFeatures(pictures.features, { ...run, step });
    drawLoss(pictures.loss, { steps, index: index() });
  };
  const renew = () => {
    compute();
    draw();
  };

  frame.root.append(
    element("div", { className: "bar" },
      labelled("Points", data), labelled("Features", features), play, reset, again),
    time.node, frame.said, frame.alarm,
    element("div", { className: "charts" }, ...Object.values(pictures).map(({ node }) => node)),
    element("p", { className: "caption", textContent:
      "Coloured points are told by one feature alone, grey ones by several. Dashed: where the cones " +
      "lay at step 0. A whole line through the origin on the left is one place on the right: " +
      "direction decides, distance does not." }),
    element("div", { className: "bar foot" }, ...frameButtons(frame, mirror.link)));
  const listeners = [["data", renew], ["features", renew], ["seed", renew], ["step", draw]];
  for (const [key, listener] of listeners) model.on(`change:${key}`, listener);
  frame.onClose(moving.close, mirror.close, () => {
    for (const [key, listener] of listeners) model.off(`change:${key}`, listener);
  });
  frame.drawWith(draw);
  return frame.close;
}

export default { render };
