// The sheet laid open, and the sheet folded: the same pieces in the same colours.

import { canvas, colourOf, path, scale } from "../kit/charts.js";
import { onBorder, placeWhile } from "./sheet.js";

const LARGEST = 400;
// Paper has a thickness, or whole sheets on one another would look like one.
const THICKNESS = 36;
const LIFTED = 0.12;
// More letters, or letters nearer than this, could not be read.
const MOST_LETTERS = 9;
const NEAR = 56;

function sheetArea(chart, { title, label }) {
  const side = Math.min(chart.node.clientWidth - 2 * THICKNESS, LARGEST);
  const beside = (chart.node.clientWidth - side) / 2;
  const area = canvas(chart, side + 86, { left: beside, right: beside, top: 56, bottom: 30 });
  area.text(title, chart.node.clientWidth / 2, 14, { class: "name", "text-anchor": "middle" });
  chart.picture.setAttribute("aria-label", label);
  const [x, y] = [scale(-1, 1, area.left, area.right), scale(-1, 1, area.bottom, area.top)];
  return { area, side, at: (point) => [x(point.x), y(point.y)] };
}

function drawPiece(area, { on, off }, { family }, place) {
  for (const [polygon, className] of [[off, "paper"], [on, "paper on"]])
    if (polygon) area.add("polygon", {
      class: className, style: `--hue: ${colourOf(family)}`, points: path(polygon.map(place)),
    });
}

const drawSeam = (area, { seam }, place) =>
  seam && area.add("polyline", { class: "cut", points: path(seam.map(place)) });

// Letters that would lie on one another stand side by side.
function drawLetters(area, pieces, placeOf) {
  if (pieces.length > MOST_LETTERS) return;
  const groups = [];
  pieces.forEach((piece, i) => {
    const corners = piece.polygon.map(placeOf(i));
    const [x, y] = [0, 1].map((axis) =>
      corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length);
    const near = groups.find((group) => Math.hypot(group.x - x, group.y - y) < NEAR);
    const letter = String.fromCharCode(65 + i);
    if (near) near.letters.push(letter);
    else groups.push({ x, y, letters: [letter] });
  });
  for (const { x, y, letters } of groups)
    area.text(letters.join(" "), x, y + 4, { class: "name", "text-anchor": "middle" });
}

export function drawOpen(chart, { pieces, parts }, words) {
  const { area, at } = sheetArea(chart, words);
  pieces.forEach((piece, i) => drawPiece(area, parts[i], piece, at));
  parts.forEach((part) => drawSeam(area, part, at));
  drawLetters(area, pieces, () => at);
}

// Returns where the ends of the cut are in the picture, and which point of the sheet is where.
export function drawFolded(chart, { pieces, parts, progress, cut, isStack }, words) {
  const { area, side, at } = sheetArea(chart, words);
  const depth = pieces[0].maps.length - 1;
  const placeOf = (i) => {
    const below = isStack ? 1 - i / (pieces.length - 1) : 0;
    const sunk = (THICKNESS / 2) * below * (progress / depth);
    return (corner) => {
      const place = placeWhile(pieces[i].maps, progress, corner);
      const [x, y] = at(place);
      return [x - sunk, y + sunk - LIFTED * side * place.lift];
    };
  };
  pieces.forEach((piece, i) => {
    drawPiece(area, parts[i], piece, placeOf(i));
    drawSeam(area, parts[i], placeOf(i));
  });
  const ends = cut.map(onBorder).map(at);
  area.add("polyline", { class: "straight", points: path(ends) });
  drawLetters(area, pieces, placeOf);
  const [x, y] = [scale(area.left, area.right, -1, 1), scale(area.top, area.bottom, 1, -1)];
  return { ends, pointAt: (left, top) => ({ x: x(left), y: y(top) }) };
}
