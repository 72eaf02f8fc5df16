// The state in the address: p in thousandths, or as 1-1-1 where they are equal; x, the values; row.
//
//     entropy_and_mutual_information.html#bars?p=500-250-250&x=4-6-8&row=codes

import { followAddress, listOf, oneOf, wholeIn } from "../kit/address.js";
import { NO_DIFFERENCE } from "../kit/numbers.js";
import { perMille, sharesFrom } from "../kit/shares.js";
import { FEWEST, lawOf, MOST, sharesOf, valuesOf } from "./law.js";
import { fitsLine, gathered, LAST_PLACE } from "./places.js";
import { ROWS } from "./words.js";

const WEIGHTS = listOf(wholeIn(0, 1000), FEWEST, MOST);
const PLACES = listOf(wholeIn(0, LAST_PLACE), FEWEST, MOST);
const ROW = oneOf(ROWS.map(([row]) => row));

// Thirds are no thousandths: of equal shares only those that are 0 have to be told.
function weightsOf(shares) {
  const most = Math.max(...shares);
  const areEqual = shares.every((share) => share === 0 || most - share < NO_DIFFERENCE);
  return areEqual ? shares.map(Math.sign) : perMille(shares);
}

// What is left out is as in the first law, and not as an address would say that, for it rounds.
// Values that do not fit the line or the number of bars give way to bars side by side.
function lawAsked(p, x, first) {
  const shares = p === null ? sharesOf(first) : sharesFrom(WEIGHTS.read(p) ?? []);
  if (!shares) return undefined;
  const values = x === null ? valuesOf(first) : PLACES.read(x) ?? [];
  const fits = values.length === shares.length && fitsLine(values);
  return lawOf(fits ? values : gathered(shares.length), shares);
}

export function addressOf(model, first, put) {
  return followAddress(model.get("address"), {
    read(asked) {
      put({
        law: lawAsked(asked.get("p"), asked.get("x"), first.law) ?? model.get("law"),
        row: ROW.read(asked.get("row") ?? first.row) ?? model.get("row"),
      });
    },
    write: () => ({
      p: WEIGHTS.write(weightsOf(sharesOf(model.get("law")))),
      x: PLACES.write(valuesOf(model.get("law"))),
      row: model.get("row"),
    }),
  });
}
