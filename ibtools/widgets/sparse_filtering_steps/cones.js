// The representation filters: how far each direction of the plane is from each feature alone.
//
// R(x) = |z(x) - e| has the same value along a whole line through the origin, so the places that
// a feature tells almost alone are cones. Turning the filters turns the cones.

import { tellOne } from "./objective.js";

// What counts as told by one feature: z within this distance of its axis.
export const NEAR = 0.25;

const distanceTo = (feature, told) =>
  Math.hypot(...told.map((value, i) => value - (i === feature ? 1 : 0)));

export const strongest = (told) => told.indexOf(Math.max(...told));

// The feature that tells a point almost alone, or -1.
export function aloneIn(told) {
  const feature = strongest(told);
  return distanceTo(feature, told) <= NEAR ? feature : -1;
}

const LOOKS = 360;

// What the filters make of all directions of half a turn (the other half is its mirror image).
export const around = (step) => Array.from({ length: LOOKS }, (_, i) => {
  const angle = (Math.PI * (i + 0.5)) / LOOKS;
  return { angle, told: tellOne(step, [Math.cos(angle), Math.sin(angle)]) };
});

// The pieces {from, to, feature, alone} into which the features share half a turn. The first piece
// begins at an edge and not at angle 0, or one cone could be two pieces.
export function sectors(directions) {
  const kinds = directions.map(({ told }) => ({ feature: strongest(told), alone: aloneIn(told) >= 0 }));
  const differs = (i) => {
    const [a, b] = [kinds.at(i - 1), kinds[i]];
    return a.feature !== b.feature || a.alone !== b.alone;
  };
  const edges = kinds.flatMap((_, i) => (differs(i) ? [i] : []));
  return edges.map((edge, k) => {
    const next = edges[k + 1] ?? edges[0] + LOOKS;
    return { ...kinds[edge], from: (Math.PI * edge) / LOOKS, to: (Math.PI * next) / LOOKS };
  });
}

// The angle at which each feature is most alone.
export const axesOf = (directions) => directions[0].told.map((_, feature) =>
  directions.reduce((best, look) => (look.told[feature] > best.told[feature] ? look : best)).angle);
