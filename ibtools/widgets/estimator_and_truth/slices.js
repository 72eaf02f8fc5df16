// A long computation in slices that leave the page time to answer between them.

const BUDGET = 10;

// steps: a generator. onValue is called with each value that it yields; nothing happens for none.
// It begins with go(), holds with rest(), and goes on with go().
export function inSlices(steps, onValue) {
  let asked;
  const slice = () => {
    asked = undefined;
    const end = performance.now() + BUDGET;
    while (performance.now() < end) {
      const { value, done } = steps.next();
      if (done) return;
      if (value !== undefined) onValue(value);
    }
    asked = requestAnimationFrame(slice);
  };
  return {
    go() {
      asked ??= requestAnimationFrame(slice);
    },
    rest() {
      cancelAnimationFrame(asked);
      asked = undefined;
    },
  };
}
