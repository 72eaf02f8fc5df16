// The pieces into which a ReLU network cuts the square [-1, 1]², exactly.
//
// On a piece no unit changes between on and off, so the network is affine there: one matrix, one
// shift. A layer {W, b, V, c} takes a point z of the sheet to V relu(W z + b) + c, a point of the
// sheet again, so that layers can follow each other and every sheet can be drawn.
//
// A piece is {polygon, maps, family}: maps[l] = [[a, b, c], [d, e, f]] takes a point (x, y) of the
// square to (a x + b y + c, d x + e y + f), its place after l layers; family numbers the pieces of
// the first layer, and tells from which of them this one was cut.

import { middleOf, split, SQUARE } from "./polygons.js";

const FLAT = [[1, 0, 0], [0, 1, 0]];

const heightAt = ([a, b, c], { x, y }) => a * x + b * y + c;
export const placeAt = ([first, second], point) =>
  ({ x: heightAt(first, point), y: heightAt(second, point) });

// What a unit with these two weights and this bias bends, as a function of the square's x and y.
const seenThrough = ([first, second], [w1, w2], bias) => {
  const [a, b, c] = first.map((value, i) => w1 * value + w2 * second[i]);
  return [a, b, c + bias];
};

// On one piece the units of a layer that are off say 0, and drop out of the sum.
function afterLayer(map, { W, b, V, c }, inside) {
  const said = W.map((w, unit) => seenThrough(map, w, b[unit]))
    .map((line) => (heightAt(line, inside) > 0 ? line : [0, 0, 0]));
  const summed = (v, i, shift) => v.reduce((sum, weight, u) => sum + weight * said[u][i], shift);
  return V.map((v, out) => [summed(v, 0, 0), summed(v, 1, 0), summed(v, 2, c[out])]);
}

// Unit by unit, layer by layer: the line of each unit splits what it crosses.
export function piecesOf(layers) {
  let pieces = [{ polygon: SQUARE, maps: [FLAT] }];
  for (const layer of layers) {
    layer.W.forEach((w, unit) => {
      pieces = pieces.flatMap((piece) => {
        const parts = split(piece.polygon, seenThrough(piece.maps.at(-1), w, layer.b[unit]));
        if (!parts) return [piece];
        return [parts.on, parts.off].map((polygon) => ({ ...piece, polygon }));
      });
    });
    pieces = pieces.map(({ polygon, maps, family }, i) => ({
      polygon,
      family: family ?? i,
      maps: [...maps, afterLayer(maps.at(-1), layer, middleOf(polygon))],
    }));
  }
  return pieces;
}

// One more unit, which looks at the sheet as it is after the last layer, splits each piece into
// {on, off, seam}, polygons of the square; where it does not pass, all of the piece is one of them.
export const cutThrough = (pieces, [w1, w2, bias]) =>
  pieces.map(({ polygon, maps }) => {
    const line = seenThrough(maps.at(-1), [w1, w2], bias);
    const whole = heightAt(line, middleOf(polygon)) > 0 ? { on: polygon } : { off: polygon };
    return split(polygon, line) ?? whole;
  });

// N lines through a square make at most 1 + N + N (N - 1) / 2 pieces: all that one layer can do.
export const mostOfOneLayer = (units) => 1 + units + (units * (units - 1)) / 2;
