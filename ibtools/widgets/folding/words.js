// What there is to see, in words and numbers.

import { mostOfOneLayer } from "./regions.js";

export const percent = (share) => `${Math.round(100 * share)} %`;
const counted = (n, thing) => `${n} ${thing}${n === 1 ? "" : "s"}`;

// {count: the sentence, open and folded: a title and a label for each picture}
export function wordsFor({ layers, pieces, parts }, fold) {
  const crossed = parts.filter(({ seam }) => seam).length;
  const regions = counted(pieces.length + crossed, "linear region");
  const units = layers.reduce((sum, { b }) => sum + b.length, 0) + 1;
  const by = counted(layers.length, "layer");
  const how = fold === 1 ? `folded by ${by}` : fold === 0 ? "flat" : `${percent(fold)} folded`;
  const through = counted(crossed, "piece");
  return {
    count: `${by} of folds and one cut, ${units} units: ` +
      `${counted(pieces.length, "piece")} of paper; the cut goes through ${crossed} of them, ` +
      `and so there are ${regions}. ` +
      `A single layer of ${units} units makes at most ${mostOfOneLayer(units)}.`,
    open: {
      title: `laid open: the cut is there ${counted(crossed, "time")}`,
      label: `The sheet laid open, ${regions}: the one cut is there ${counted(crossed, "time")}.`,
    },
    folded: {
      title: `${how}: one cut through ${through}`,
      label: `The sheet, ${how}, and one straight cut through ${through} of paper.`,
    },
  };
}
