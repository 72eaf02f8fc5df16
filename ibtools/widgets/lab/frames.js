// Frames, however they come: recorded in the page, or sent by a kernel.
//
// A frame is what was measured at one epoch:
//
//   epoch, layer_names
//   information_x, information_y   [layer][network], bits
//   band_x, band_y                 {low, high} of the same shape, where the ruler gives bounds
//   train_loss, test_loss, train_accuracy, test_accuracy   means over the networks
//   signal_to_noise                [layer], median over the networks; null where nothing varies
//   histograms                     [layer][bin], share of the activations in per mille

const BY_SNAPSHOT = [
  "information_x", "information_y", "band_x", "band_y", "signal_to_noise", "histograms",
  "train_loss", "test_loss", "train_accuracy", "test_accuracy",
];

// A recorded run holds one list over the epochs for each of these, a frame one entry of each.
export function framesOf(run) {
  return run.epochs.map((epoch, i) => {
    const frame = { epoch, layer_names: run.layer_names };
    for (const name of BY_SNAPSHOT) if (run[name]) frame[name] = run[name][i];
    return frame;
  });
}

// Where the frame at an epoch, or the last one before it, stands; -1 before all of them.
export function placeOf(frames, epoch) {
  let place = -1;
  while (place + 1 < frames.length && frames[place + 1].epoch <= epoch) place++;
  return place;
}
