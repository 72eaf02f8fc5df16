// Mutual information from nearest neighbours, after Kraskov, Stögbauer and Grassberger (2004),
// equation 8:
//
//     I = ψ(k) + ψ(n) - ⟨ψ(n_x + 1) + ψ(n_y + 1)⟩
//
// where n_x and n_y others are strictly closer to a sample, in x and in y alone, than its k-th
// neighbour in both. Distances are in the maximum norm. For values that do not repeat.

import { standardised } from "./columns.js";

const EULER = 0.5772156649015329;

// A distance within this share of the radius lies on the rim, and does not count as closer.
const RIM = 1e-10;

// So many samples are looked at between two chances to do something else.
const ROWS = 32;

// ψ(0) … ψ(n) at the whole numbers; there is none at 0.
export function digammas(n) {
  const psi = new Float64Array(n + 1);
  psi[0] = NaN;
  psi[1] = -EULER;
  for (let i = 2; i <= n; i += 1) psi[i] = psi[i - 1] + 1 / (i - 1);
  return psi;
}

// distance[j]: from sample i to sample j, the largest difference over the columns.
function distancesFrom(i, columns, distance) {
  distance.fill(0);
  for (const column of columns) {
    const here = column[i];
    for (let j = 0; j < column.length; j += 1)
      distance[j] = Math.max(distance[j], Math.abs(column[j] - here));
  }
}

// Distance from sample i to its k-th neighbour, where two spaces have to be near.
function kthDistance(i, dx, dy, nearest) {
  nearest.fill(Infinity);
  const last = nearest.length - 1;
  for (let j = 0; j < dx.length; j += 1) {
    const distance = dx[j] > dy[j] ? dx[j] : dy[j];
    if (distance >= nearest[last] || j === i) continue;
    let place = last;
    for (; place > 0 && nearest[place - 1] > distance; place -= 1)
      nearest[place] = nearest[place - 1];
    nearest[place] = distance;
  }
  return nearest[last];
}

function countWithin(distance, radius) {
  let count = 0;
  for (let j = 0; j < distance.length; j += 1) if (distance[j] <= radius) count += 1;
  return count;
}

// Yields now and then, so that a page can answer meanwhile; returns the estimate in bits.
export function* ksg(x, y, k) {
  const n = x[0].length;
  const [spaceX, spaceY] = [x.map(standardised), y.map(standardised)];
  const [dx, dy, nearest] = [n, n, k].map((length) => new Float64Array(length));
  const psi = digammas(n);
  let total = 0;
  for (let i = 0; i < n; i += 1) {
    distancesFrom(i, spaceX, dx);
    distancesFrom(i, spaceY, dy);
    const radius = kthDistance(i, dx, dy, nearest) * (1 - RIM);
    // Everyone is within any radius of himself: the counts are n_x + 1 and n_y + 1.
    total += psi[countWithin(dx, radius)] + psi[countWithin(dy, radius)];
    if (i % ROWS === ROWS - 1) yield;
  }
  return (psi[k] + psi[n] - total / n) / Math.LN2;
}
