// Information of a binned layer by counting. The cell of an input is the tuple of its units' bins;
// with n inputs, all counted alike, and c_t of them in cell t,
//
//     I(X;T) = H(T) = -Σ_t c_t/n log c_t/n,     I(T;Y) = H(Y) - Σ_t c_t/n H(Y|t).

const EMPTY = -1;

// Numbers the distinct pairs of a cell so far and a bin of the next unit, in the order in which
// they appear. Each input looks for its pair in a table, at a place computed from the pair, and
// goes on from there until it finds an input with the same pair or a free place.
function refine(cells, bins, first, table) {
  const n = cells.length;
  const coarse = cells.slice();
  let count = 0;
  table.fill(EMPTY);
  for (let s = 0; s < n; s++) {
    const bin = bins[first + s];
    let place = Math.imul(coarse[s] ^ Math.imul(bin, 0x9e3779b1), 0x85ebca6b);
    place = (place ^ (place >>> 15)) & (table.length - 1);
    while (true) {
      const other = table[place];
      if (other === EMPTY) {
        table[place] = s;
        cells[s] = count++;
        break;
      }
      if (coarse[other] === coarse[s] && bins[first + other] === bin) {
        cells[s] = cells[other];
        break;
      }
      place = (place + 1) & (table.length - 1);
    }
  }
  return count;
}

// The cell of each of n inputs, numbered from 0, and how many there are. bins: a row a unit.
export function cellsOf(bins, n) {
  const cells = new Int32Array(n);
  const table = new Int32Array(2 ** Math.ceil(Math.log2(2 * n)));
  let count = 1;
  for (let first = 0; first < bins.length; first += n) count = refine(cells, bins, first, table);
  return { cells, count };
}

const plogp = (p) => (p > 0 ? p * Math.log2(p) : 0);

// Bits of I(X;T) and I(T;Y). p: probabilities p(y|x), those of one input after another.
export function cellInformation({ cells, count }, p, labels) {
  const n = cells.length;
  const sizes = new Float64Array(count);
  const ofLabel = new Float64Array(count * labels);
  const everywhere = new Float64Array(labels);
  for (let s = 0; s < n; s++) {
    sizes[cells[s]] += 1;
    for (let k = 0; k < labels; k++) {
      ofLabel[cells[s] * labels + k] += p[s * labels + k];
      everywhere[k] += p[s * labels + k] / n;
    }
  }
  let entropy = 0;
  let known = -everywhere.reduce((sum, share) => sum + plogp(share), 0);
  for (let t = 0; t < count; t++) {
    entropy -= plogp(sizes[t] / n);
    for (let k = t * labels; k < (t + 1) * labels; k++) {
      known += (sizes[t] / n) * plogp(ofLabel[k] / sizes[t]);
    }
  }
  return { x: entropy, y: Math.max(known, 0) };
}
