// What the reader last took hold of, and the law of then. While a bar is in hand the others keep
// the proportions they had, so that they come back as they were, even from 0.

export function handOn(law, put) {
  let hand = {};
  const move = (make) => {
    hand.to = make(hand.from);
    put({ law: hand.to });
  };
  return {
    grasp(what) {
      if (hand.what !== what || hand.to !== law()) hand = { what, from: law() };
    },
    move,
    // At once, and from what is there now.
    press(make) {
      hand = { from: law() };
      move(make);
    },
    // What comes next is not compared with what was.
    letGo() {
      hand = { from: law() };
    },
    before: () => (hand.to === law() ? hand.from : law()),
  };
}
