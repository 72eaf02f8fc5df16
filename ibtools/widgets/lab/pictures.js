// All pictures of the lab: the plane, curves over the epochs, and a histogram for each layer.

import { figure, measureWidths } from "../kit/charts.js";
import { element } from "../kit/dom.js";
import { clamp } from "../kit/numbers.js";
import { labelLimit } from "./limit.js";
import { drawHistograms, drawSignal, drawTwo, provideHistograms } from "./over_epochs.js";
import { drawPlane } from "./plane.js";

// For the last row of a seminar room.
const ZOOM = 1.5;
const CAPTION =
  "Histograms: share of activations in each bin on [−1, 1], all networks and units of a layer; " +
  "what lies beyond is in the outermost. " +
  "Gradient signal / noise: size of a layer's mean gradient over its spread between batches. " +
  "IB limit: no representation of X tells more about Y.";

const toTenth = (round, value) => round(value * 10) / 10;

// given: a limit {x, y} to shade the plane above, else that of the labels is taken.
export function labPictures(given) {
  const plane = figure("plane");
  const [loss, accuracy, signal] = ["curve", "curve", "curve"].map(figure);
  const histograms = element("div", { className: "histograms" });

  let limited;
  const limitOf = (dataset) => {
    if (given?.x) return given;
    if (!limited || limited.dataset !== dataset) limited = { dataset, line: labelLimit(dataset) };
    return limited.line;
  };

  return {
    nodes: [
      element("div", { className: "charts" }, plane.node,
        element("div", { className: "curves" }, loss.node, accuracy.node, signal.node)),
      histograms,
      element("p", { className: "caption", textContent: CAPTION }),
    ],
    draw({ frames, current, ghost, lastEpoch, dataset, full }) {
      provideHistograms(histograms, frames[current]);
      const zoom = full ? ZOOM : 1;
      const charts = [...histograms.children].map(({ chart }) => chart);
      measureWidths([plane, loss, accuracy, signal, ...charts], zoom);
      const inText = clamp(1.08 * plane.width, 330, 480);
      const height = full ? (0.58 * innerHeight) / zoom : inText;
      drawPlane(plane, height, { frames, current, ghost, limit: limitOf(dataset) });
      const all = (...fields) => frames.flatMap((frame) => fields.map((field) => frame[field]));
      drawTwo(loss, frames, current, {
        title: "Loss, nats", train: "train_loss", test: "test_loss", low: 0, lastEpoch,
        high: toTenth(Math.ceil, Math.max(0.5, ...all("train_loss", "test_loss"))),
      });
      drawTwo(accuracy, frames, current, {
        title: "Accuracy", train: "train_accuracy", test: "test_accuracy", high: 1, lastEpoch,
        low: toTenth(Math.floor, Math.min(0.5, ...all("train_accuracy", "test_accuracy"))),
      });
      drawSignal(signal, frames, current, lastEpoch);
      drawHistograms(histograms, frames[current]);
    },
  };
}
