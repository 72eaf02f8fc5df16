// Points to tell, and filters to begin with. Nothing is drawn at random: multiples of an
// irrational number, without their whole parts, fall everywhere alike.

const part = (value) => value - Math.floor(value);
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const range = (n) => Array.from({ length: n }, (_, i) => i);
const at = (angle, length) => [length * Math.cos(angle), length * Math.sin(angle)];
const radians = (degrees) => (degrees * Math.PI) / 180;

// On both sides of the origin, near and far, within 6 degrees of a line.
const cone = (degrees, n) => range(n).map((i) => {
  const angle = radians(degrees - 6 + (12 * (i + 0.5)) / n);
  return at(angle, (0.4 + 0.6 * part((i + 1) * GOLDEN)) * (i % 2 ? -1 : 1));
});

// Normal around a centre on the diagonal, and wide across it.
const cloud = (distance, n) => range(n).map((i) => {
  const radius = Math.sqrt(-2 * Math.log((i + 0.5) / n));
  const turn = 2 * Math.PI * i * GOLDEN;
  const [across, along] = [0.13 * radius * Math.cos(turn), distance + 0.04 * radius * Math.sin(turn)];
  return [(along - across) * Math.SQRT1_2, (along + across) * Math.SQRT1_2];
});

// name, and points() -> [sample][coordinate], none further than 1 from the origin.
// groups: names of two kinds of points, and which of them the point of an index belongs to.
export const DATA = {
  two_cones: { name: "two directions", points: () => [20, 75].flatMap((angle) => cone(angle, 12)) },
  three_cones: {
    name: "three directions", points: () => [10, 70, 130].flatMap((angle) => cone(angle, 8)),
  },
  near_and_far: {
    name: "near and far",
    points: () => [...cloud(0.5, 12), ...cloud(0.86, 12)],
    groups: { names: ["near", "far"], of: (index) => Number(index >= 12) },
  },
  // An odd number: else every other point would be the mirror image of one that is there.
  all_directions: {
    name: "every direction", points: () => range(25).map((i) => at((2 * Math.PI * i) / 25, 0.8)),
  },
};

export const MOST_FEATURES = 3;
export const LAST_SEED = 999;

// Normal weights point everywhere alike, and only where they point matters.
export const startingFilters = (seed, nFeatures) =>
  [2, 3, 5].slice(0, nFeatures).map((prime) => at(Math.PI * part((seed + 1) * Math.sqrt(prime)), 1));
