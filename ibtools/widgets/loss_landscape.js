// The loss landscape of two parameters: a map on which every point is a function, and the data
// that the landscape is made of.
//
// The model has x and y, the data; data_sets, lists of y by name; point, [w, v]; and step_size.
// What is computed stands in loss_landscape/: unit.js and walk.js (descent), levels.js (the map).

import { followAddress } from "./kit/address.js";
import { figure } from "./kit/charts.js";
import { button, choice, element, labelled } from "./kit/dom.js";
import { frameButtons, openFrame } from "./kit/frame.js";
import { player, wantsCalm } from "./kit/motion.js";
import { clamp, fixed } from "./kit/numbers.js";
import { datumHandle, pointHandle } from "./loss_landscape/handles.js";
import { leastOnMap } from "./loss_landscape/least.js";
import { drawMap } from "./loss_landscape/map.js";
import { drawFunction } from "./loss_landscape/plot.js";
import { asked, HIGHEST, nameOf, sameList, STEP_SIZES, written } from "./loss_landscape/state.js";
import { LANDSCAPE_STYLE } from "./loss_landscape/style.js";
import { isOnMap, MAP } from "./loss_landscape/unit.js";
import { isOver, MOST_STEPS, startNumber, walkFar, walkFrom } from "./loss_landscape/walk.js";
import { formulaOf, lossWords, sentence } from "./loss_landscape/words.js";

const INTERVAL = 50;
// A reader who wants it calm sees fewer pictures, not a slower descent.
const STEPS_WHEN_CALM = 8;

const SIZE_NAMES = { 0.1: "0.1 (small)", 0.5: "0.5 (medium)", 3: "3 (too large)" };

// On the map and in the data, to hundredths.
const kept = (value, most) => Math.round(100 * clamp(value, -most, most)) / 100;

function render({ model, el }) {
  const dataSets = model.get("data_sets");
  const x = model.get("x");
  const present = () => ({
    point: model.get("point"), y: model.get("y"), size: model.get("step_size"),
  });
  const beginning = present();
  const frame = openFrame({
    el, label: "A loss landscape", className: "loss-landscape", style: LANDSCAPE_STYLE,
  });
  const [map, plot] = [figure("picture map"), figure("picture")];

  let walk;
  let starts = 0;
  let least;
  let drawn;
  const dataNow = () => ({ x, y: model.get("y") });
  const pointNow = () => {
    const [w, v] = model.get("point");
    return { w, v };
  };

  const put = ({ point, y, size }) => {
    if (y) model.set("y", y);
    if (point) model.set("point", point);
    if (size) model.set("step_size", size);
    model.save_changes();
  };
  // What the reader changes begins anew; what descent does goes on.
  const begin = (values) => {
    moving.stop();
    walk = undefined;
    put(values);
    draw();
  };
  const moveTo = ({ w, v }) => begin({ point: [kept(w, MAP.w), kept(v, MAP.v)] });

  const goOn = (steps = 1) => {
    const [data, from] = [dataNow(), pointNow()];
    walk = walkFar(walk ?? walkFrom(from), data, { size: model.get("step_size"), steps });
    const { w, v } = walk.points.at(-1);
    // A model says nothing about a point that is set to where it is.
    if (w === from.w && v === from.v) draw();
    else put({ point: [w, v] });
    return !isOver(walk, data);
  };
  let stepsLeft;
  const moving = player({
    node: frame.root, interval: INTERVAL,
    step() {
      const steps = Math.min(stepsLeft, wantsCalm() ? STEPS_WHEN_CALM : 1);
      stepsLeft -= steps;
      const goesOn = goOn(steps);
      if (goesOn && stepsLeft === 0) walk = { ...walk, rests: true };
      return goesOn && stepsLeft > 0;
    },
    onChange: () => draw(),
  });

  const sets = choice(Object.keys(dataSets), {
    onchange: () => begin({ y: dataSets[sets.value] }),
  });
  const yours = element("option", { value: "yours", textContent: "yours" });
  const size = choice(STEP_SIZES.map((one) => [one, SIZE_NAMES[one]]), {
    onchange: () => put({ size: Number(size.value) }),
  });
  const descend = button("Descend", () => {
    if (moving.playing) return moving.stop();
    stepsLeft = MOST_STEPS;
    moving.start();
  }, { className: "descend" });
  const step = button("Step", () => {
    moving.stop();
    goOn();
  });
  const start = button("New start", () => {
    starts += 1;
    moveTo(startNumber(starts, MAP));
  });
  const reset = button("Reset", () => begin(beginning));

  const onGrasp = () => moving.stop();
  const here = pointHandle({ onGrasp, get: pointNow, set: moveTo, pixels: () => drawn.map.pixels });
  const dataHandles = x.map((input, i) => datumHandle({
    x: input, i, onGrasp,
    get: () => model.get("y")[i],
    set: (to) => begin({
      y: model.get("y").map((old, j) => (j === i ? kept(to, HIGHEST) : old)),
    }),
    pixels: () => drawn.plot.pixels,
  }));
  map.node.append(here.node);
  plot.node.append(...dataHandles.map(({ node }) => node));
  map.picture.addEventListener("click", (event) => {
    const { left: edge, top } = map.picture.getBoundingClientRect();
    const place = drawn.map.placeAt(event.clientX - edge, event.clientY - top);
    if (!isOnMap(place)) return;
    moveTo(place);
    here.node.focus({ preventScroll: true });
  });

  const draw = () => {
    const [point, data, name] = [pointNow(), dataNow(), nameOf(dataSets, model.get("y"))];
    if (!least || !sameList(least.y, data.y)) {
      least = { ...leastOnMap(data), y: data.y };
      walk = undefined;
    }
    const shown = { point, data, walk };
    const words = sentence({ ...shown, least });
    if (name === "yours") sets.append(yours);
    else yours.remove();
    sets.value = name;
    size.value = String(model.get("step_size"));
    descend.textContent = moving.playing ? "Pause" : "Descend";
    drawn = {
      map: drawMap(map, { ...shown, least, label: `The loss over w and v. ${words}` }),
      plot: drawFunction(plot, {
        ...shown,
        label: `Six data points and ${formulaOf(point)}, ${lossWords(point, data)}.`,
      }),
    };
    here.show(drawn.map.here, point.w,
      `w = ${fixed(point.w)}, v = ${fixed(point.v)}, ${lossWords(point, data)}`);
    dataHandles.forEach((handle, i) =>
      handle.show(drawn.plot.places[i], data.y[i], fixed(data.y[i])));
    frame.say(words, { moving: moving.playing });
  };

  const mirror = followAddress(model.get("address"), {
    read: (given) => begin(asked(Object.fromEntries(given), beginning, dataSets, present())),
    write: () => written(dataSets, present()),
  });
  frame.root.append(
    element("div", { className: "bar" },
      labelled("Data", sets), labelled("Step size", size), step, descend, start, reset),
    frame.said, frame.alarm,
    element("div", { className: "charts" }, map.node, plot.node),
    element("p", { className: "caption", textContent:
      "Drag the round point on the map, or a square of the data; arrow keys move them too. The " +
      "bluer the map, the lower the loss; its values stand on the lines." }),
    element("div", { className: "bar foot" }, ...frameButtons(frame, mirror.link)));

  // Whoever else moves the point or the data (a kernel, an address) ends the walk, and so does
  // another step size: what was said of the steps is not true of its steps.
  const onState = () => {
    const end = walk?.points.at(-1);
    const [w, v] = model.get("point");
    const isElsewhere = end && (end.w !== w || end.v !== v);
    if (isElsewhere || walk?.size !== model.get("step_size")) walk = undefined;
    draw();
    mirror.changed();
  };
  const keys = ["point", "y", "step_size"];
  for (const key of keys) model.on(`change:${key}`, onState);
  frame.onClose(moving.close, mirror.close, () => {
    for (const key of keys) model.off(`change:${key}`, onState);
  });
  frame.drawWith(draw);
  return frame.close;
}

export default { render };
