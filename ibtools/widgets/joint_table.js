// The joint table: squares to drag that share a probability of 1, and MacKay's diagram beside them.
//
// The model has p_xy[x][y]; see joint_table.py.

import { drawDiagram } from "./joint_table/diagram.js";
import { copyOfX, entropies, independent, rowsOf } from "./joint_table/entropies.js";
import { TABLE_STYLE } from "./joint_table/style.js";
import { tableWith } from "./joint_table/table.js";
import { sentence } from "./joint_table/words.js";
import { listOf, mirrorInAddress, wholeIn } from "./kit/address.js";
import { figure } from "./kit/charts.js";
import { button, element } from "./kit/dom.js";
import { frameButtons, openFrame } from "./kit/frame.js";
import { perMille, sharesFrom, withShare } from "./kit/shares.js";

const NOISE = 0.2;

function render({ model, el }) {
  const [nX, nY] = [model.get("p_xy").length, model.get("p_xy")[0].length];
  const frame = openFrame({
    el, label: "Joint table", className: "joint-table", style: TABLE_STYLE,
  });
  const weights = listOf(wholeIn(0, 1000), nX * nY, nX * nY);
  const asTable = (shares) => rowsOf(shares, nY);
  const mirror = mirrorInAddress(model, {
    p_xy: {
      read(text) {
        const shares = sharesFrom(weights.read(text) ?? []);
        return shares && asTable(shares);
      },
      write: (p) => weights.write(perMille(p.flat())),
    },
  });
  let dragging = false;
  const put = (p) => {
    model.set("p_xy", p);
    model.save_changes();
    return p;
  };

  // The others keep the proportions they had when the cell was taken in hand, so that they come
  // back as they were, even from 0.
  let hand;
  const table = tableWith(nX, nY, (x, y, share, byDrag) => {
    const p = model.get("p_xy");
    const place = x * nY + y;
    if (hand?.place !== place || hand.to !== p) hand = { place, from: p.flat() };
    dragging = byDrag;
    hand.to = put(asTable(withShare(hand.from, place, share)));
  });
  const preset = (words, make) =>
    button(words, () => {
      dragging = false;
      put(make());
    });
  const diagram = figure("diagram");
  const draw = () => {
    const p = model.get("p_xy");
    const e = entropies(p);
    table.show(p);
    drawDiagram(diagram, p, e);
    frame.say(sentence(e), { moving: dragging });
  };
  frame.root.style.setProperty("--columns", nY + 1);
  frame.root.append(
    element("div", { className: "bar" },
      preset("Independent", () => independent(model.get("p_xy"))),
      preset("A noisy copy", () => copyOfX(nX, nY, NOISE)),
      preset("A copy", () => copyOfX(nX, nY, 0)),
      ...frameButtons(frame, mirror.link)),
    frame.said, frame.alarm,
    element("div", { className: "charts" },
      element("div", {}, table.node, element("p", {
        className: "caption",
        textContent: "Areas are probabilities. Drag a square up or down, or use the arrow keys; " +
          "the others keep their proportions.",
      })),
      diagram.node));
  model.on("change:p_xy", draw);
  frame.onClose(mirror.close, () => model.off("change:p_xy", draw));
  frame.drawWith(draw);
  return frame.close;
}

export default { render };
