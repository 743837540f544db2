// Directory files for the flows: an ordinary one, one with everything that can be wrong in it, and a broken one.

const FIRST = ["Ada", "Bo", "Cleo", "Dara", "Emre", "Fay", "Gus", "Hana", "Ivo", "June", "Kofi", "Lena", "Milo", "Nia"];
const LAST = ["Abbott", "Brandt", "Castro", "Dvorak", "Eriksen", "Fuchs", "Gallo", "Huang", "Ivanov", "Jensen", "Kaya"];

/** Numbers below `n` that look random and are the same in every run. */
function numbers(seed) {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

const user = (index) => {
  const [first, last] = [FIRST[index % FIRST.length], LAST[index % LAST.length]];
  const username = `${first}.${last}.${index}`.toLowerCase();
  return { id: `u${index}`, username, email: `${username}@example.com`, firstName: first, lastName: last };
};

/**
 * A company of 1,500 users, 825 groups and 830 nestings without a cycle: 25 groups at the top, one nesting for each
 * other group, and 30 more, so that some groups have two parents. Every user is in two groups; `g0` holds `g25`.
 */
export function company({ users = 1_500, groups = 825, nestings = 830, top = 25 } = {}) {
  const below = numbers(7);
  const pairs = new Set(["0 25"]);
  for (let child = top + 1; child < groups; child++) pairs.add(`${below(child)} ${child}`);
  while (pairs.size < nestings) {
    const child = top + below(groups - top);
    pairs.add(`${below(child)} ${child}`);
  }
  const memberships = [];
  for (let index = 0; index < users; index++) {
    const first = below(groups);
    const second = (first + 1 + below(groups - 1)) % groups;
    memberships.push({ group: `g${first}`, user: `u${index}`, isAdmin: index % 10 === 0 });
    memberships.push({ group: `g${second}`, user: `u${index}` });
  }
  return {
    format: "rollcall/1",
    users: Array.from({ length: users }, (_, index) => user(index)),
    groups: Array.from({ length: groups }, (_, index) => ({ id: `g${index}`, name: `Team ${index}` })),
    memberships,
    nestings: [...pairs].map((pair) => {
      const [parent, child] = pair.split(" ");
      return { parent: `g${parent}`, child: `g${child}` };
    }),
  };
}

/** The same with so many users, of any shape, all of whom are members of `everyone`: every third directly, all through its 25 groups. */
export function crowd({ users = 12_000, ...shape } = {}) {
  const directory = company({ users, ...shape });
  directory.groups.push({ id: "everyone", name: "Everyone" });
  for (let group = 0; group < 25; group++) directory.nestings.push({ parent: "everyone", child: `g${group}` });
  for (let index = 0; index < users; index += 3) directory.memberships.push({ group: "everyone", user: `u${index}` });
  return directory;
}

/** Six groups and three users with a cycle, a group in itself, ids that nothing has, and facts told twice. */
export function tangled() {
  const nest = (parent, child) => ({ parent, child });
  const member = (group, user) => ({ group, user });
  return {
    format: "rollcall/1",
    users: [user(1), user(2), user(3), { ...user(3), firstName: "Again" }],
    groups: ["Loop one", "Loop two", "Loop three", "Itself", "Left", "Right"].map((name, index) => ({ id: `g${index}`, name })),
    memberships: [
      member("g0", "u1"),
      member("g4", "u2"),
      member("g4", "u2"),
      member("g5", "nobody"),
      member("nowhere", "u3"),
    ],
    nestings: [
      nest("g0", "g1"),
      nest("g1", "g2"),
      nest("g2", "g0"),
      nest("g3", "g3"),
      nest("g4", "g5"),
      nest("g4", "g5"),
      nest("g4", "nothing"),
    ],
  };
}

/** A file that lacks one comma, and where a reader has to notice. */
export function broken() {
  const text = [
    "{",
    '  "format": "rollcall/1",',
    '  "users": [{"id": "u1"}, {"id": "u2"}]',
    '  "groups": []',
    "}",
  ].join("\n");
  return { text, line: 4, column: 3 };
}

/** Whether `names`, from the top down, is a way to `user` within `file`: each holds the next, the last holds the user. */
export function isWay(file, names, user) {
  const ids = names.map((name) => file.groups.find((group) => group.name === name)?.id);
  const nested = ids.every((id, n) => n === 0 || file.nestings.some(({ parent, child }) => parent === ids[n - 1] && child === id));
  return nested && file.memberships.some((it) => it.group === ids.at(-1) && it.user === user);
}
