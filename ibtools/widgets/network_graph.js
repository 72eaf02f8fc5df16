// A neuron, and a small network, computing: values flow forward, gradients flow back.
//
// The model has the networks made in network_graph.py, by name ("2-3-1"), each as the weights to
// start with; the rate of a step; and the state: {network, activation, weights, inputs, target,
// selected}, the last being the part that is chosen. network_graph/scalar.js computes.

import { followAddress } from "./kit/address.js";
import { figure } from "./kit/charts.js";
import { button, choice, element, labelled, slider } from "./kit/dom.js";
import { frameButtons, openFrame } from "./kit/frame.js";
import { player, wantsCalm } from "./kit/motion.js";
import { fixed } from "./kit/numbers.js";
import { nearestPart } from "./network_graph/layout.js";
import { partList } from "./network_graph/list.js";
import { MOST, numberOf, withNumber } from "./network_graph/parts.js";
import { drawNetwork } from "./network_graph/picture.js";
import { ACTIVATIONS, loss, stepped } from "./network_graph/scalar.js";
import { asked, begun, computed, written } from "./network_graph/state.js";
import { entry, partName, sentences } from "./network_graph/words.js";

const INTERVAL = 30;
const SPEED = 0.06;
const SLIDES = 3;

const NETWORK_STYLE = `
.network-graph .state { color: var(--ink);
  font-size: 15px; font-variant-numeric: tabular-nums;
  min-height: 4.2em; overflow-wrap: anywhere; white-space: pre-line; }
.network-graph .controls { align-items: end; }
.network-graph .controls .slider { grid-column: 1 / -1; }
.network-graph .slider > span:first-child { min-width: 11em; }
.network-graph .foot { margin-top: 8px; }
.network-graph .graph { position: relative; margin-top: 8px; }
.network-graph .parts { position: absolute; inset: 0; cursor: pointer; border-radius: 6px; }
.network-graph [role="option"] { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
.network-graph .positive { --hue: #0072b2; }
.network-graph .negative { --hue: #d55e00; }
.network-graph .edge { stroke: var(--hue); }
.network-graph .edge.negative { stroke-dasharray: 7 4; }
.network-graph .edge.behind { opacity: 0.3; }
.network-graph .gradient { stroke: #009e73; }
.network-graph .plain { stroke: var(--soft); stroke-width: 1.5; }
.network-graph .head { fill: var(--hue, var(--soft)); }
.network-graph .head.back { fill: #009e73; }
.network-graph .dot { fill: var(--ink); stroke: var(--ground); stroke-width: 1.5; }
.network-graph .dot.back { fill: #009e73; }
.network-graph .unit { stroke: var(--ink); stroke-width: 1.5;
  fill: color-mix(in srgb, var(--hue, var(--soft)) var(--share), var(--ground)); }
.network-graph .box { fill: var(--raised); stroke: var(--soft); stroke-width: 1.5; }
.network-graph .chosen { stroke: var(--accent); stroke-width: 4; }
.network-graph .chosen-edge { stroke: var(--accent); stroke-width: 16; opacity: 0.25;
  stroke-linecap: round; }
.network-graph text.value { fill: var(--ink); font-variant-numeric: tabular-nums; }
.network-graph text.mine { font-size: 13px; }
@container (max-width: 640px) { .network-graph .state { min-height: 7em; } }
@container (max-width: 400px) { .network-graph .state { min-height: 8.4em; } }
`;

const titleOf = (network) => (network.split("-").length === 2 ? "one neuron" : network);

const capital = (words) => words[0].toUpperCase() + words.slice(1);

const tooLarge = `This step would take a weight beyond ±${MOST}: the loss is too steep for it. ` +
  "Change a number, or start again.";

function render({ model, el }) {
  const networks = model.get("networks");
  const frame = openFrame({
    el, label: "A network computing", className: "network-graph", style: NETWORK_STYLE,
  });
  const graph = figure("graph");
  const now = () => computed(model.get("state"));
  // What is only of this moment: whether gradients are shown, what flows, what was before a step.
  let showsBack = false;
  let wave;
  let held;
  let stepWords = "";
  let layout;

  const draw = () => {
    const { state, parts, part, run, back } = now();
    const shownBack = showsBack ? back : null;
    const words = `${stepWords}${sentences(state, run, shownBack, part).join(".\n")}.`;
    network.value = state.network;
    activation.value = state.activation;
    knob.node.firstChild.textContent = capital(partName(state, part));
    knob.show(numberOf(part, state));
    list.show(parts, part, (one) => entry(state, run, shownBack, one));
    layout = drawNetwork(graph, { state, run, back: shownBack, part, wave, held }, words);
    frame.say(words, { moving: motion.playing });
  };
  const change = (values) => {
    model.set("state", { ...model.get("state"), ...values });
    model.save_changes();
  };
  // Whatever flows is there at once.
  const settle = ({ withBack = showsBack } = {}) => {
    motion.stop();
    wave = held = undefined;
    stepWords = "";
    showsBack = withBack;
    frame.fail("");
  };
  const motion = player({
    node: frame.root, interval: INTERVAL, onChange() {},
    step() {
      wave.at += SPEED;
      const goesOn = wave.at < now().state.widths.length;
      if (!goesOn) wave = held = undefined;
      draw();
      return goesOn;
    },
  });
  const flow = (isForward) => {
    if (!wantsCalm()) {
      wave = { forward: isForward, at: 0 };
      motion.start();
    }
    draw();
  };

  const network = choice(Object.keys(networks).map((name) => [name, titleOf(name)]));
  network.addEventListener("change", () => {
    settle({ withBack: false });
    change(begun(networks, network.value));
  });
  const activation = choice(Object.keys(ACTIVATIONS));
  activation.addEventListener("change", () => {
    settle();
    change({ activation: activation.value });
  });
  const knob = slider({
    label: "", low: -SLIDES, high: SLIDES, step: 0.05, value: 0, words: fixed,
    onInput(value) {
      settle();
      const { state, part } = now();
      change(withNumber(part, state, value));
    },
  });
  const list = partList({
    onChoose: ({ id }) => change({ selected: id }),
    partAt: (point) => nearestPart(layout, now().parts, point),
  });
  graph.node.append(list.node);

  const onForward = () => {
    settle({ withBack: false });
    flow(true);
  };
  const onBackward = () => {
    settle({ withBack: true });
    flow(false);
  };
  const onStep = () => {
    const { state, run, back } = now();
    const weights = stepped(state.weights, back.ofWeights, model.get("rate"));
    if (!weights.flat(2).every((value) => Math.abs(value) <= MOST)) return frame.fail(tooLarge);
    settle({ withBack: false });
    change({ weights });
    const [before, after] = [run, now().run].map((one) => fixed(loss(one, state.target)));
    stepWords = `Step: the loss goes from ${before} to ${after}.\n`;
    held = run;
    flow(true);
  };
  const onStart = () => {
    settle({ withBack: false });
    change({ weights: networks[model.get("state").network] });
  };

  const mirror = followAddress(model.get("address"), {
    read(params, initial) {
      settle({ withBack: false });
      const textOf = (key) => params.get(key) ?? initial[key];
      change(asked(textOf, networks, model.get("state")));
    },
    write: () => written(networks, model.get("state")),
  });
  frame.root.append(
    element("div", { className: "controls" },
      labelled("Network", network), labelled("Activation", activation), knob.node),
    graph.node, frame.said, frame.alarm,
    element("div", { className: "bar foot" },
      button("Forward", onForward), button("Backward", onBackward), button("Step", onStep),
      button("Start again", onStart), ...frameButtons(frame, mirror.link)));
  const onState = () => {
    draw();
    mirror.changed();
  };
  model.on("change:state", onState);
  frame.onClose(mirror.close, motion.close, () => model.off("change:state", onState));
  frame.drawWith(draw);
  return frame.close;
}

export default { render };
