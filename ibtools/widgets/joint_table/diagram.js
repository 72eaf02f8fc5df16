// MacKay's diagram: the entropies as bars, one below the other, on one scale of bits.

import { axes, canvas, colourOf, scale, ticksTo } from "../kit/charts.js";
import { bits } from "./words.js";

// Places for labels of one width: near their own, from low to high, none on another.
function apart(places, width, low, high) {
  const free = [...places];
  places.forEach((place, i) => (free[i] = Math.max(place, i ? free[i - 1] + width : low)));
  for (let i = free.length - 1; i >= 0; i -= 1)
    free[i] = Math.min(free[i], i + 1 < free.length ? free[i + 1] - width : high);
  return free;
}

const BAR = 28;
const PITCH = 60;
const LABEL_WIDTH = 80;
const NAME_WIDTH = 130;

// H(X) from the left end of H(X,Y), H(Y) from its right end, and the parts into which both cut it.
export function drawDiagram(chart, p, e) {
  const area = canvas(chart, 326, { left: 8, right: 8, top: 8, bottom: 28 });
  const most = Math.log2(p.flat().length);
  const x = scale(0, most, area.left, area.right);
  const top = (row) => area.top + 18 + row * PITCH;
  const ticks = ticksTo(most, 4);
  const nameX = (at) => (at === ticks[1] ? `${at} bit${at === 1 ? "" : "s"}` : at);
  axes(area, x, null, { x: ticks, y: [], nameX });
  const bar = (row, className, from, to, fill) =>
    area.add("rect", {
      class: className, fill, x: x(from), y: top(row), width: x(to) - x(from), height: BAR,
    });
  const [shared, end] = [e.xGivenY, e.xGivenY + e.information];

  const below = top(3) + BAR;
  area.add("rect", {
    class: "overlap", fill: colourOf(2),
    x: x(shared), y: top(1), width: x(end) - x(shared), height: below - top(1),
  });
  bar(0, "bar-of both", 0, e.xy, "currentColor");
  bar(1, "bar-of", 0, e.x, colourOf(0));
  bar(2, "bar-of", e.xy - e.y, e.xy, colourOf(1));
  bar(3, "bar-of", 0, shared, colourOf(0));
  bar(3, "bar-of", end, e.xy, colourOf(1));
  bar(3, "bar-of whole", shared, end, colourOf(2));
  for (const at of [shared, end])
    area.add("line", { class: "guide", x1: x(at), x2: x(at), y1: top(1), y2: below });

  const name = (row, words, at, anchor) =>
    area.text(words, at, top(row) - 6, { class: "name", "text-anchor": anchor });
  name(0, `H(X,Y) = ${bits(e.xy)}`, area.left, "start");
  name(1, `H(X) = ${bits(e.x)}`, area.left, "start");
  name(2, `H(Y) = ${bits(e.y)}`, Math.max(x(e.xy), area.left + NAME_WIDTH), "end");

  const parts = [["H(X|Y)", 0, shared], ["I(X;Y)", shared, end], ["H(Y|X)", end, e.xy]];
  const middles = parts.map(([, from, to]) => x((from + to) / 2));
  const half = LABEL_WIDTH / 2;
  const places = apart(middles, LABEL_WIDTH, area.left + half, area.right - half);
  parts.forEach(([part, from, to], i) => {
    area.add("line", { class: "leader", x1: middles[i], y1: below, x2: places[i], y2: below + 16 });
    const middle = { class: "name", "text-anchor": "middle" };
    area.text(part, places[i], below + 29, middle);
    area.text(bits(to - from), places[i], below + 45, middle);
  });
  chart.picture.setAttribute("aria-label",
    `H(X,Y) = ${bits(e.xy)} as one bar. Below it H(X) = ${bits(e.x)} from the left and ` +
    `H(Y) = ${bits(e.y)} from the right, which overlap by I(X;Y) = ${bits(e.information)} and ` +
    `leave H(X|Y) = ${bits(e.xGivenY)} and H(Y|X) = ${bits(e.yGivenX)}.`);
}
