// Mutual information by counting: each column cut into bins that hold the same number of samples.

import { equalMassBins } from "./columns.js";

// log n - (1/n) Σ c log c, where c samples share a cell: the entropy of a list of cells, in bits.
function entropyOfCells(cells) {
  const counts = new Map();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  let spread = 0;
  for (const count of counts.values()) spread += count * Math.log2(count);
  return Math.log2(cells.length) - spread / cells.length;
}

// Two lists of whole numbers as one: a number for each pair, from 0 as they occur.
function paired(first, second) {
  const base = 1 + Math.max(...second);
  const numbers = new Map();
  return first.map((number, i) => {
    const pair = number * base + second[i];
    if (!numbers.has(pair)) numbers.set(pair, numbers.size);
    return numbers.get(pair);
  });
}

// I = H(cells of x) + H(cells of y) - H(cells of both), in bits.
export function binned(x, y, nBins) {
  const [cellsX, cellsY] = [x, y].map((columns) =>
    columns.map((column) => equalMassBins(column, nBins)).reduce(paired));
  const both = entropyOfCells(paired(cellsX, cellsY));
  return Math.max(0, entropyOfCells(cellsX) + entropyOfCells(cellsY) - both);
}
