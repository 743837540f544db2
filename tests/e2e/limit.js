// How long a flow waits for anything, so that a wait which would never end is told by its line.

/** In milliseconds: more than a busy machine takes. */
export const LIMIT = 20_000;

/** What `promise` gives, or an error where it takes longer than a flow may wait. */
export async function within(what, promise) {
  let timer;
  const late = new Promise((_, failed) => {
    timer = setTimeout(() => failed(new Error(`${what} took longer than ${LIMIT} ms`)), LIMIT);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
