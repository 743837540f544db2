// What every process that measures something has in common.

/** Says what was measured: `item <tab> number`. */
export const tell = (item, number) => console.log(`${item}\t${number}`);

/**
 * Milliseconds since a moment that this gave, or from an unknown one: the time that passed or, if that is less, the processor time
 * of this process. So turns that other programs take do not count, and work that several threads do at once counts once.
 */
export function clock(since = { passed: 0, worked: 0 }) {
  const { user, system } = process.cpuUsage();
  const now = { passed: performance.now(), worked: (user + system) / 1_000 };
  return Object.assign(now, { took: Math.min(now.passed - since.passed, now.worked - since.worked) });
}

/** The middle of some numbers. */
export const median = (numbers) => numbers.toSorted((one, other) => one - other)[numbers.length >> 1];

/** Megabytes that are in use: JavaScript's objects, arrays, and WebAssembly's memories. */
export async function memory() {
  for (let time = 0; time < 3; time++) {
    globalThis.gc();
    // Memory of arrays is given back a moment after their objects.
    await new Promise((done) => setTimeout(done, 20));
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}
