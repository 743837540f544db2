// Measures one system on one directory in a process of its own.
//
//     node --expose-gc measure.js SYSTEM SIZE DIRECTORY [text]
//
// prints a line `name <tab> text`, then `item <tab> number` as soon as one is known: milliseconds, megabytes, or for `groups`
// microseconds. With `text` the ids are UUIDs and only reading is measured. An answer that is not the expected one ends it, with a sentence.
//
// A system is an object in systems/:
//   name                             what it is called in the tables
//   needs                            its package, whose version is told
//   init()                           what comes before anything is read, and is not measured
//   read(bytes)                      a directory file, to a state from which everything is answered at once
//   checks(state, pairs)             for each user and group, whether the user is a member, directly or not; `sample.checks` of them
//   list(state, group, excluded)     ids of all members of a group but those of another
//   groups(state, user)              ids of all groups of a user; of `sample.groups` users
//   choose(state, group)             what it wants to know of a group before it is searched
//   filter(state, fields, text, most)  members of the chosen group of whose `fields` one contains a text, without case: how many,
//                                    and the first ids by last name, first name and id; `fields` lists those it can search
//   sort(state, field, most)         the first ids of all users by a field, then by id, without case
//   prepare(state, questions)        where it has another word for a user or a group: the questions in those words
//   ids(state, kind, answer)         and an answer in ours
//   more(state, questions, time)     what only it can do
// Whatever it answers may be a promise.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { clock, median, memory, tell } from "./figures.js";
import plain from "./systems/plain.js";

const NAMES = ["firstName", "lastName", "username", "email"];
const ROWS = 50;
/** What is typed, a key at a time, and which fields it is looked for in. */
const TYPED = {
  first: { fields: ["firstName"], keys: ["a", "an", "ann", "anna", "annab"] },
  email: { fields: ["email"], keys: ["m", "ma", "mar", "mart", "marti"] },
  any: { fields: NAMES, keys: ["a", "an", "ann", "anna", "annab"] },
};
/** Something is repeated until so many times or milliseconds are over; what is quick, for so many milliseconds at least. */
const [TIMES, BUDGET, QUICK] = [9, 2_000, 200];

const sum = (ids) => ids.reduce((sum, id) => sum + id, 0);
const told = (answer) => JSON.stringify(answer);

/** Everything that is expected, worked out in the plainest way. */
export async function answers(bytes, questions) {
  const state = plain.read(bytes);
  const { checks, largest, excluded, people, chosen } = questions;
  const list = plain.list(state, largest, excluded);
  plain.choose(state, chosen);
  const typed = ({ fields, keys }) => keys.map((key) => plain.filter(state, fields, key, ROWS));
  return {
    checks: [...plain.checks(state, checks)],
    list: [list.length, sum(list)],
    groups: people.map((user) => plain.groups(state, user)).map((groups) => [groups.length, sum(groups)]),
    typed: Object.fromEntries(Object.entries(TYPED).map(([name, typed_]) => [name, typed(typed_)])),
    sort: Object.fromEntries(NAMES.map((field) => [field, plain.sort(state, field, ROWS)])),
  };
}

/**
 * What `works` answer, done in turns, and for each how long it took: the first time, and the median of the other times, of which
 * there are as many as there is time for, and `least` in all.
 */
async function inTurns(works, times, least = 1) {
  const began = performance.now();
  const taken = works.map(() => []);
  let answers;
  do {
    answers = [];
    for (const [at, work] of works.entries()) {
      const start = clock();
      let answer = work();
      if (answer instanceof Promise) answer = await answer;
      taken[at].push(clock(start).took);
      answers.push(answer);
    }
  } while (taken[0].length < least || performance.now() - began < (taken[0].length < times ? BUDGET : QUICK));
  const later = taken.map((all) => median(all.length > 1 ? all.slice(1) : all));
  return { answers, first: taken.map(([first]) => first), took: later };
}

/** The same of one thing. */
async function time(work, times = TIMES) {
  const { answers, took } = await inTurns([work], times);
  return { answer: answers[0], took: took[0] };
}

function expect(what, found, expected) {
  if (told(found) === told(expected)) return;
  console.error(`${what}: answered ${told(found).slice(0, 300)}, expected ${told(expected).slice(0, 300)}.`);
  process.exit(3);
}

/** What a system is called, with the version of its package. */
function nameOf({ name: called, needs }) {
  if (!needs) return called;
  const { version } = JSON.parse(readFileSync(new URL(`node_modules/${needs}/package.json`, import.meta.url), "utf8"));
  return `${called} ${version}`;
}

async function main(name, size, folder, text) {
  const { default: system } = await import(`./systems/${name}.js`);
  const file = (end) => join(folder, `${size}.${end}.json`);
  const parsed = (end) => JSON.parse(readFileSync(file(end), "utf8"));
  tell("name", nameOf(system));
  await system.init?.();
  const before = await memory();
  let bytes = new Uint8Array(readFileSync(text ? file("text") : join(folder, `${size}.json`)));
  const start = clock();
  const state = await system.read(bytes);
  const { took } = clock(start);
  if (text) return tell("read-text", took);
  tell("read", took);
  bytes = undefined;
  tell("memory", (await memory()) - before);

  const [questions, expected] = [parsed("questions"), parsed("answers")];
  const asked = system.prepare?.(state, questions) ?? questions;
  const inOurs = (kind, answer) => system.ids?.(state, kind, answer) ?? Array.from(answer);
  if (system.checks) {
    const count = system.sample?.checks?.[size] ?? 100_000;
    const pairs = asked.checks.slice(0, 2 * count);
    const { took, answer } = await time(() => system.checks(state, pairs));
    expect(`${system.name}, checks`, Array.from(answer, Number), expected.checks.slice(0, count));
    tell("checks", (took * 100_000) / count);
  }
  if (system.list) {
    const { took, answer } = await time(() => system.list(state, asked.largest, asked.excluded));
    const ids = inOurs("user", answer);
    expect(`${system.name}, list`, [ids.length, sum(ids)], expected.list);
    tell("list", took);
  }
  if (system.groups) {
    const people = asked.people.slice(0, system.sample?.groups ?? Infinity);
    const all = [];
    const { took } = await time(() => people.forEach((user, at) => (all[at] = system.groups(state, user))));
    all.forEach((answer, at) => {
      const ids = inOurs("group", answer);
      expect(`${system.name}, groups of a user`, [ids.length, sum(ids)], expected.groups[at]);
    });
    tell("groups", (took * 1_000) / people.length);
  }
  if (system.filter) {
    await system.choose?.(state, asked.chosen);
    for (const [item, { fields, keys }] of Object.entries(TYPED)) {
      if (fields.some((field) => !system.fields.includes(field))) continue;
      const { answers, took } = await inTurns(keys.map((key) => () => system.filter(state, fields, key, ROWS)), TIMES);
      answers.forEach(({ total, ids }, at) => {
        const found = { total, ids: Array.from(ids) };
        expect(`${system.name}, \`${keys[at]}\` in ${fields}`, found, expected.typed[item][at]);
      });
      if (item === "first") tell("typing", sum(took));
      tell(`key-${item}`, Math.max(...took));
    }
  }
  if (system.sort) {
    const { answers, first, took } = await inTurns(NAMES.map((field) => () => system.sort(state, field, ROWS)), 5, 2);
    answers.forEach((ids, at) => expect(`${system.name}, by ${NAMES[at]}`, Array.from(ids), expected.sort[NAMES[at]]));
    tell("sort", Math.max(...first));
    tell("sort-again", Math.max(...took));
  }
  await system.more?.(state, questions, time);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(...process.argv.slice(2));
  // Some systems keep something running.
  process.exit(0);
}
