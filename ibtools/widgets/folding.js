// Folding of the plane by a ReLU network: the sheet laid open, and folded, with one cut through it.
//
// The model has the networks made in folding.py, by name, each as a list of layers {W, b, V, c};
// which network is shown, and how deep; fold, from 0 (flat) to 1 (folded); and cut, where a
// straight line enters and leaves the folded sheet, in per cent of the way around it.

import { listOf, mirrorInAddress, numberIn, oneOf, wholeIn } from "./kit/address.js";
import { figure } from "./kit/charts.js";
import { button, choice, element, labelled, slider } from "./kit/dom.js";
import { frameButtons, openFrame } from "./kit/frame.js";
import { player, wantsCalm } from "./kit/motion.js";
import { borderHandle } from "./folding/handle.js";
import { drawFolded, drawOpen } from "./folding/pictures.js";
import { cutThrough, piecesOf } from "./folding/regions.js";
import { unitBetween } from "./folding/sheet.js";
import { FOLDING_STYLE } from "./folding/style.js";
import { percent, wordsFor } from "./folding/words.js";

const NAMES = {
  halves: "in half both ways, 4 units",
  thirds: "in three both ways, 6 units",
  random: "random, 4 units",
};
const INTERVAL = 40;
const STEPS_PER_LAYER = 50;
// Beyond so many pieces their outlines are thinner.
const MANY = 8;

function render({ model, el }) {
  const networks = model.get("networks");
  const names = Object.keys(networks);
  const deepest = Math.max(...names.map((name) => networks[name].length));
  const frame = openFrame({
    el, label: "Folding of the plane", className: "folding", style: FOLDING_STYLE,
  });
  const mirror = mirrorInAddress(model, {
    network: oneOf(names),
    depth: wholeIn(1, deepest),
    fold: numberIn(0, 1),
    cut: listOf(wholeIn(0, 99), 2, 2),
  });
  const set = (name) => (value) => {
    model.set(name, value);
    model.save_changes();
  };
  const folds = () => model.get("fold");

  const network = choice(names.map((name) => [name, NAMES[name]]));
  network.addEventListener("change", () => set("network")(network.value));
  const depth = slider({
    label: "Folding layers", low: 1, high: deepest, step: 1,
    value: model.get("depth"), onInput: set("depth"),
  });
  const fold = slider({
    label: "Fold", low: 0, high: 1, step: 0.01,
    value: folds(), words: percent, onInput: set("fold"),
  });
  const play = button("Play", () => {
    if (motion.playing) return motion.stop();
    if (folds() === 1) set("fold")(0);
    motion.start();
  });
  const motion = player({
    node: frame.root, interval: INTERVAL,
    // A reader who wants it calm gets a whole layer at a time.
    step() {
      const steps = shown.layers.length * (wantsCalm() ? 1 : STEPS_PER_LAYER);
      const done = Math.floor(folds() * steps + 1e-6) + 1;
      set("fold")(Math.min(1, done / steps));
      return done < steps;
    },
    onChange: () => (play.textContent = motion.playing ? "Pause" : "Play"),
  });

  const open = figure("sheet");
  const folded = figure("sheet");
  const handles = ["one end of the cut", "other end of the cut"].map((name, i) => borderHandle({
    name,
    get: () => model.get("cut")[i],
    set: (to) => set("cut")(model.get("cut").map((end, j) => (j === i ? to : end))),
    pointAt(x, y) {
      const { left, top } = folded.picture.getBoundingClientRect();
      return places.pointAt(x - left, y - top);
    },
  }));
  folded.node.append(...handles.map(({ node }) => node));

  let shown;
  let places;
  const drawFold = () => {
    const words = wordsFor(shown, folds());
    fold.show(folds());
    const progress = folds() * shown.layers.length;
    places = drawFolded(folded, { ...shown, progress }, words.folded);
    frame.say(words.count, { moving: motion.playing });
  };
  const draw = () => {
    const [name, cut] = [model.get("network"), model.get("cut")];
    const layers = networks[name].slice(0, model.get("depth"));
    const pieces = piecesOf(layers);
    const parts = cutThrough(pieces, unitBetween(cut));
    shown = { layers, pieces, parts, cut, isStack: name !== "random" };
    network.value = name;
    depth.control.max = String(networks[name].length);
    depth.show(layers.length);
    for (const { node } of [open, folded]) node.classList.toggle("fine", pieces.length > MANY);
    drawOpen(open, shown, wordsFor(shown, folds()).open);
    drawFold();
    handles.forEach((handle, i) => handle.show(places.ends[i]));
  };

  frame.root.append(
    element("div", { className: "controls" },
      labelled("Network", network), depth.node,
      element("div", { className: "folds" }, fold.node, play)),
    frame.said, frame.alarm,
    element("div", { className: "charts" }, open.node, folded.node),
    element("div", { className: "bar foot" }, ...frameButtons(frame, mirror.link)));
  const reactions = { network: draw, depth: draw, cut: draw, fold: drawFold };
  for (const [name, react] of Object.entries(reactions)) model.on(`change:${name}`, react);
  frame.onClose(mirror.close, motion.close, () => {
    for (const [name, react] of Object.entries(reactions)) model.off(`change:${name}`, react);
  });
  frame.drawWith(draw);
  return frame.close;
}

export default { render };
