// Four ways to cut what the units of a layer do into bins. All units of a layer share the same
// bins, and equal activations always share a bin. See ibtools.information.bins for which to take.

// Equal bins on [low, high]; what lies beyond falls into the first or the last.
export function equalBins(t, { n_bins, low, high }) {
  // In the precision of the activations, or some would change sides at an edge.
  const Numbers = t.constructor;
  const [least, most, perBin] = Numbers.of(low, high, n_bins / (high - low));
  const scaled = new Numbers(t.length);
  const bins = new Float64Array(t.length);
  for (let i = 0; i < t.length; i++) {
    scaled[i] = Math.min(Math.max(t[i], least), most) - least;
    scaled[i] *= perBin;
    bins[i] = Math.floor(Math.min(scaled[i], n_bins - 1));
  }
  return bins;
}

function widthBins(t, { width }) {
  const bins = new Float64Array(t.length);
  for (let i = 0; i < t.length; i++) bins[i] = Math.floor(t[i] / width);
  return bins;
}

// Every level has a share of the layer; its bin is where the middle of that share lies in the
// sorted layer.
function sharedBins(t, nBins, eachLevelOnce) {
  const sorted = t.slice().sort();
  const starts = [];
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) starts.push(i);
  }
  const total = eachLevelOnce ? starts.length : sorted.length;
  const edges = [];
  let bin = 0;
  starts.forEach((start, level) => {
    const end = starts[level + 1] ?? sorted.length;
    // Twice the middle, a whole number: nothing that lies on an edge is rounded over it.
    const twiceMiddle = eachLevelOnce ? 2 * level + 1 : start + end;
    const own = Math.floor((twiceMiddle * nBins) / (2 * total));
    if (level > 0 && own > bin) edges.push(sorted[start]);
    bin = own;
  });
  const bins = new Float64Array(t.length);
  for (let i = 0; i < t.length; i++) bins[i] = edgesUpTo(t[i], edges);
  return bins;
}

function edgesUpTo(value, edges) {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const BINS = {
  equal: equalBins,
  width: widthBins,
  "equal-mass": (t, { n_bins }) => sharedBins(t, n_bins, false),
  ebab: (t, { n_bins }) => sharedBins(t, n_bins, true),
};

// The bin of each activation of t, by the rule and with the settings of a binning estimator.
export const binsOf = (t, estimator) => BINS[estimator.bins](t, estimator);

const UNIT_BINS = { n_bins: 30, low: -1, high: 1 };

// Share of all activations in each of the estimator's bins where they have a fixed range, else in
// each of 30 on [-1, 1].
export function histogramOf(t, estimator) {
  const range = estimator.bins === "equal" ? estimator : UNIT_BINS;
  const counts = new Float64Array(range.n_bins);
  const bins = equalBins(t, range);
  for (let i = 0; i < bins.length; i++) counts[bins[i]] += 1;
  return counts.map((count) => count / bins.length);
}
