// What every process that measures something has in common.

/** Says what was measured: `item <tab> number`. */
export const tell = (item, number) => console.log(`${item}\t${number}`);

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
