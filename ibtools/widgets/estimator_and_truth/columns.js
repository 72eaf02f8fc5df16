// What estimators do to a column of numbers first.

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

// Shifted and stretched to mean 0 and standard deviation 1, which changes no information.
export function standardised(column) {
  const middle = mean(column);
  const centred = column.map((value) => value - middle);
  const deviation = Math.sqrt(mean(centred.map((value) => value ** 2)));
  return centred.map((value) => value / deviation);
}

// Bins that hold the same number of samples each, from 0, for values that do not repeat: the
// middle of a sample's share of the sorted column decides.
export function equalMassBins(column, nBins) {
  const n = column.length;
  const order = Array.from(column.keys()).sort((i, j) => column[i] - column[j]);
  const bins = new Array(n);
  order.forEach((i, rank) => (bins[i] = Math.floor(((2 * rank + 1) * nBins) / (2 * n))));
  return bins;
}
