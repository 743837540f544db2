// The examples of a README: each block of JavaScript, and what it prints, which stands in the next block.

import { readFileSync } from "node:fs";
import { join } from "node:path";

export function examples(folder) {
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  return [...readme.matchAll(/^## (.+)$[^]*?^```js\n([^]*?)^```\n\n```text\n([^]*?)^```$/gm)].map(([, title, code, prints]) => ({
    title,
    code,
    prints,
  }));
}
