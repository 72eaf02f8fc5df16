// Entropy bars: one law, its bars on a line of values, and what the entropy says about it.
//
// The model has law, pairs [value, probability], and row, what stands below the line; see
// entropy_bars.py.

import { addressOf } from "./entropy_bars/address.js";
import { drawGauge } from "./entropy_bars/gauge.js";
import { glideOn } from "./entropy_bars/glide.js";
import { outcomeGrips } from "./entropy_bars/grips.js";
import { handOn } from "./entropy_bars/hand.js";
import {
  equallyLikely, FEWEST, MOST, numbersOf, oneCertain, sharesOf, valuesOf, withBar, withOutcomes,
  withValue, withValues,
} from "./entropy_bars/law.js";
import { numbersTable } from "./entropy_bars/numbers_table.js";
import { drawBars } from "./entropy_bars/picture.js";
import { gathered, isWidest, laidOut, shuffled, widest } from "./entropy_bars/places.js";
import { BARS_STYLE } from "./entropy_bars/style.js";
import { ROWS, sentenceFor } from "./entropy_bars/words.js";
import { figure } from "./kit/charts.js";
import { button, choice, element, labelled, slider } from "./kit/dom.js";
import { frameButtons, openFrame } from "./kit/frame.js";

function render({ model, el }) {
  const frame = openFrame({
    el, label: "Entropy bars", className: "entropy-bars", style: BARS_STYLE,
  });
  const law = () => model.get("law");
  const put = (state) => {
    const entries = Object.entries(state);
    const isNew = entries.some(([name, value]) =>
      JSON.stringify(value) !== JSON.stringify(model.get(name)));
    for (const [name, value] of entries) model.set(name, value);
    model.save_changes();
    // A kernel's model says nothing about a value that is set to what it was.
    if (!isNew) draw();
  };
  const first = { law: law(), row: model.get("row") };
  const hand = handOn(law, put);

  let dragging = false;
  const moveBy = (make, isDrag = false) => {
    dragging = isDrag;
    hand.move(make);
  };
  const press = (words, make, { glides = false, className = "" } = {}) =>
    button(words, () => {
      glide.stop();
      if (glides) glide.start();
      hand.press(make);
    }, { className });

  const bars = figure("stage");
  const gauge = figure("gauge-of-entropy");
  const numbers = numbersTable();
  let layout;
  const grips = Array.from({ length: MOST }, (_, i) => outcomeGrips(i, {
    get: () => ({ values: valuesOf(law()), shares: sharesOf(law()), layout }),
    onGrasp(what) {
      glide.stop();
      hand.grasp(what);
    },
    onBar: (share, { isDrag } = {}) => moveBy((from) => withBar(from, i, share), isDrag),
    onValue: (value, { isDrag } = {}) => moveBy((from) => withValue(from, i, value), isDrag),
    onDrop() {
      dragging = false;
      draw();
    },
  }));

  // From left to right for the Tab key too, but not while one of them is in hand.
  let order = "";
  const putInOrder = (values) => {
    const byPlace = values.map((_, i) => i).sort((i, j) => values[i] - values[j]);
    if (order === byPlace.join() || bars.node.contains(document.activeElement)) return;
    order = byPlace.join();
    bars.node.append(...byPlace.flatMap((i) => grips[i].nodes));
  };
  const drawPicture = () => {
    const values = glide.seenAt(valuesOf(law()));
    layout = drawBars(bars, { law: law(), values, row: model.get("row") });
    grips.forEach((grip, i) => {
      grip.hide(i >= values.length);
      if (i >= values.length) return;
      const [value, share] = law()[i];
      grip.show({ value, share, seen: values[i], layout });
    });
  };
  const glide = glideOn({ node: frame.root, draw: drawPicture });

  const outcomes = slider({
    label: "Outcomes", low: FEWEST, high: MOST, step: 1, value: law().length,
    onInput: (n) => {
      hand.grasp("outcomes");
      moveBy((from) => withOutcomes(from, n));
    },
  });
  const row = choice(ROWS);
  row.addEventListener("change", () => put({ row: row.value }));
  const spread = press("", (from) => {
    const values = valuesOf(from);
    const places = isWidest(values) ? gathered : widest;
    return withValues(from, laidOut(values, places(values.length)));
  }, { glides: true, className: "spread-values" });
  const draw = () => {
    const now = numbersOf(law());
    const values = valuesOf(law());
    outcomes.show(values.length);
    row.value = model.get("row");
    spread.textContent = isWidest(values) ? "Gather values" : "Spread values";
    putInOrder(values);
    drawPicture();
    drawGauge(gauge, now, values.length);
    numbers.show(now);
    frame.say(sentenceFor(law(), model.get("row"), hand.before()), { moving: dragging });
  };
  const mirror = addressOf(model, first, put);
  frame.root.append(
    element("div", { className: "controls" }, outcomes.node, labelled("Below the line", row)),
    element("div", { className: "bar" },
      press("Equally likely", equallyLikely), press("One certain", oneCertain),
      press("Shuffle values", (from) =>
        withValues(from, shuffled(valuesOf(from), Math.random)), { glides: true }),
      spread,
      button("Reset", () => {
        glide.stop();
        hand.letGo();
        put(first);
      })),
    frame.said, frame.alarm,
    element("div", { className: "charts" },
      element("div", {}, bars.node, element("p", {
        className: "caption",
        textContent: "Drag a bar up or down, its value along the line, or use the arrow keys. " +
          "The other bars keep their proportions.",
      })),
      element("div", {}, gauge.node, numbers.node)),
    element("div", { className: "bar foot" }, ...frameButtons(frame, mirror.link)));
  const onLaw = () => {
    draw();
    mirror.changed();
  };
  const onRow = () => {
    hand.letGo();
    onLaw();
  };
  model.on("change:law", onLaw);
  model.on("change:row", onRow);
  frame.onClose(mirror.close, glide.close, () => {
    model.off("change:law", onLaw);
    model.off("change:row", onRow);
  });
  frame.drawWith(draw);
  return frame.close;
}

export default { render };
