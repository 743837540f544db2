// Invents directories that look like those of real organisations, and what is asked of them. The same size and seed give the
// same bytes on every machine.
//
//     node directory.js M DIRECTORY [SEED]
//
// writes M.json (a directory file), M.text.json (the same with UUIDs for ids), M.questions.json and M.answers.json into DIRECTORY.
// The answers are worked out by the plainest of the systems.

import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { answers } from "./measure.js";

export const SIZES = {
  XS: { users: 1_000, groups: 100, memberships: 4_000 },
  S: { users: 10_000, groups: 1_000, memberships: 50_000 },
  M: { users: 100_000, groups: 10_000, memberships: 1_000_000 },
  L: { users: 1_000_000, groups: 100_000, memberships: 10_000_000 },
};

const words = (text) => text.trim().split(/\s+/);
const FIRST = words(`
  James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas
  Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony Sandra Mark Margaret Donald Ashley Steven Kimberly Paul
  Emily Andrew Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa George Deborah Timothy Stephanie Ronald Rebecca
  Jason Sharon Edward Laura Jeffrey Cynthia Ryan Dorothy Jacob Amy Gary Kathleen Nicholas Angela Eric Shirley Jonathan Emma
  Stephen Brenda Larry Pamela Justin Nicole Scott Anna Brandon Samantha Benjamin Katherine Samuel Christine Gregory Debra
  Alexander Rachel Patrick Carolyn Frank Janet Raymond Maria Jack Olivia Dennis Heather Jerry Helen Tyler Catherine Aaron Diane
  José Zoë Chloé Jürgen Søren Åsa Łukasz Renée Björn François Annika Annabel Annabelle Anneliese Johanna Joanna Susanne Brianna
  Danny Yannick Giovanni Gianna Leanne Roxanne Rosanna Adrianna Marianne Julianne Giannis Hermann Suzanne Savannah Anne Deanna
  Mei Wei Li Hiroshi Yuki Sakura Priya Rahul Ananya Arjun Fatima Mohammed Ahmed Aisha Omar Layla Ivan Olga Dmitri Svetlana Kwame
  Amara Chidi Ngozi Thabo Lindiwe Mateo Lucía Camila Santiago Valentina Joaquín Pierre Camille Luc Élodie Hans Greta Klaus Ingrid`);
const LAST = words(`
  Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas
  Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright
  Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans
  Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers Gutierrez Ortiz Morgan Cooper Peterson
  Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson Brooks Chavez Wood James Bennett Gray Mendoza Ruiz Hughes Price
  Alvarez Castillo Sanders Patel Myers Long Ross Foster Jimenez Powell Jenkins Perry Russell Sullivan Bell Coleman Butler
  Müller Schäfer Weiß Jørgensen Nuñez Gómez Kowalski Nowak Dvořák Novák Ivanov Petrov Sidorov O'Brien O'Connor MacLeod
  Van-der-Berg De-la-Cruz Rossi Russo Ferrari Bianchi Dubois Lefebvre Moreau Laurent Tanaka Suzuki Watanabe Yamamoto Wang Zhang
  Liu Singh Kumar Sharma Gupta Okafor Adeyemi Mensah Nkosi Dlamini Haddad Khan Hussain Ali Öztürk Yılmaz Kaya`);
const SYLLABLES = words(`
  an ba be bo ca ce da de di do el en fa fi ga gi ha he il in ja jo ka ke ki la le li lo ma me mi mo na ne ni no ol on pa pe ra re
  ri ro sa se si so ta te ti to va ve vi wa ya yo za ze`);
const DEPARTMENTS = words("engineering sales finance legal support people security research design platform field audit library students");
const REGIONS = words("emea apac amer uk de fr es it nl se pl jp in sg au br mx ca za ng");
const KINDS = words("team unit squad project committee board readers admins approvers contractors interns reviewers list site");
const DOMAINS = words("example.com corp.example.com example.org eu.example.net students.example.edu");

/** The deepest nesting. */
const DEEPEST = 14;

/** Numbers from 0 to below 1 without any order, always the same for a seed (mulberry32). */
function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The numbers below `count` in no order. */
function shuffled(count, random) {
  const numbers = Uint32Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [numbers[at], numbers[other]] = [numbers[other], numbers[at]];
  }
  return numbers;
}

/** Picks of a list, its first ones most often, as names are. */
function frequent(list, random) {
  const sums = [];
  let sum = 0;
  for (let at = 0; at < list.length; at++) sums.push((sum += (at + 9) ** -0.7));
  return () => {
    const wanted = random() * sum;
    let [low, high] = [0, list.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return list[low];
  };
}

/**
 * For each group its parents, which come before it: three in ten stand alone, the others are a forest of twelve trees, and
 * five in a hundred of them have one or two parents more.
 */
function nest(groups, random) {
  const [parents, depth, nested] = [[], new Uint8Array(groups), []];
  const any = () => nested[Math.floor(random() * nested.length)];
  for (let group = 0; group < groups; group++) {
    parents.push([]);
    if (group < 12) nested.push(group);
    if (group < 12 || random() < 0.3) continue;
    let parent = any();
    if (random() < 0.5) {
      const other = any();
      if (depth[other] < depth[parent]) parent = other;
    }
    while (depth[parent] >= DEEPEST) parent = any();
    const more = random() < 0.05 ? (random() < 0.2 ? 2 : 1) : 0;
    for (const one of [parent, ...Array.from({ length: more }, any)]) {
      if (parents[group].includes(one) || depth[one] >= DEEPEST) continue;
      parents[group].push(one);
      depth[group] = Math.max(depth[group], depth[one] + 1);
    }
    nested.push(group);
  }
  return parents;
}

/** How many direct members each group has: a Zipf law, the largest three tenths of all users. */
function sizesOf({ users, groups, memberships }, random) {
  const rank = shuffled(groups, random);
  const most = Math.floor(users * 0.3);
  let weight = 0;
  for (let place = 1; place <= groups; place++) weight += place ** -0.85;
  const size = (group) => Math.round((memberships / weight) * (rank[group] + 1) ** -0.85);
  const sizes = Uint32Array.from({ length: groups }, (_, group) => Math.min(most, Math.max(1, size(group))));
  let left = memberships - sizes.reduce((sum, one) => sum + one, 0);
  for (let group = 0; left !== 0; group = (group + 1) % groups) {
    if (left > 0 && sizes[group] < most) (sizes[group]++, left--);
    else if (left < 0 && sizes[group] > 1) (sizes[group]--, left++);
  }
  return sizes;
}

/** The direct members of each group: four fifths are anybody, the others people who are in many groups. */
function fill(users, sizes, random) {
  const joiners = shuffled(users, random);
  const seen = new Uint32Array(users);
  return Array.from(sizes, (size, group) => {
    const members = new Uint32Array(size);
    for (let at = 0; at < size; ) {
      const user = random() < 0.8 ? Math.floor(random() * users) : joiners[Math.floor(users * random() ** 2.2)];
      if (seen[user] === group + 1) continue;
      seen[user] = group + 1;
      members[at++] = user;
    }
    return members;
  });
}

/** A name as it stands in a username. */
const plain = (name) =>
  name
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ø", "o")
    .replaceAll("ł", "l")
    .replaceAll("ı", "i")
    .normalize("NFD")
    .replaceAll(/[^a-z0-9]/g, "");

/** A file that is written in large pieces. */
function writer(path) {
  const file = openSync(path, "w");
  let held = "";
  const flush = () => (writeSync(file, held), (held = ""));
  return {
    put(text) {
      held += text;
      if (held.length > 1 << 20) flush();
    },
    end: () => (flush(), closeSync(file)),
  };
}

/** The UUID that stands for a number: like any other, and without order. */
function uuid(number) {
  const random = chance(number ^ 0x5eed);
  const hex = Array.from({ length: 4 }, () => Math.floor(random() * 2 ** 32).toString(16).padStart(8, "0")).join("");
  return `"${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}"`;
}

function generate(size, folder, seed) {
  const { users, groups, memberships } = SIZES[size];
  const random = chance(seed ^ (users * 31 + groups));
  const parents = nest(groups, random);
  const members = fill(users, sizesOf(SIZES[size], random), random);

  // Ids have one length, so that as texts they have the order that they have as numbers; those of groups are shuffled, so
  // that they give nothing of the hierarchy away.
  const shuffle = shuffled(groups, random);
  const userId = (user) => users + user;
  const groupId = (group) => groups + shuffle[group];
  const at = new Uint32Array(groups);
  shuffle.forEach((number, group) => (at[number] = group));
  const children = parents.map(() => []);
  parents.forEach((all, group) => all.forEach((parent) => children[parent].push(group)));

  mkdirSync(folder, { recursive: true });
  const integer = writer(join(folder, `${size}.json`));
  const text = writer(join(folder, `${size}.text.json`));
  const put = (line) => (integer.put(line), text.put(line));
  // A user's UUID is written for each membership, so it is made once; groups have numbers of their own.
  const uuids = Array.from({ length: users }, (_, user) => uuid(user));
  const putUser = (user) => (integer.put(String(userId(user))), text.put(uuids[user]));
  const putGroup = (group) => (integer.put(String(groupId(group))), text.put(uuid(users + group)));
  const putAll = (list, one) => list.forEach((item, at) => (at > 0 && put(","), one(item)));

  const [first, last] = [frequent(FIRST, random), frequent(LAST, random)];
  const rare = (least, most) => {
    const count = least + Math.floor(random() * (most - least + 1));
    const name = Array.from({ length: count }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join("");
    return name[0].toUpperCase() + name.slice(1);
  };
  put('{"format":"rollcall/1","users":[');
  for (let user = 0; user < users; user++) {
    const firstName = (random() < 0.88 ? first() : rare(2, 3)) + (random() < 0.03 ? `-${first()}` : "");
    const lastName = (random() < 0.75 ? last() : rare(2, 4)) + (random() < 0.04 ? `-${last()}` : "");
    const username = `${plain(firstName)}.${plain(lastName)}${user}`;
    const email = `${username}@${DOMAINS[Math.floor(random() * random() * DOMAINS.length)]}`;
    put(user > 0 ? ',\n{"id":' : '\n{"id":');
    putUser(user);
    put(`,"username":"${username}","firstName":"${firstName}","lastName":"${lastName}","email":"${email}"`);
    put(`,"status":{"suspended":${random() < 0.05}}}`);
  }
  put('],\n"groups":[');
  const any = (list) => list[Math.floor(random() * list.length)];
  for (let number = 0; number < groups; number++) {
    const group = at[number];
    put(number > 0 ? ',\n{"id":' : '\n{"id":');
    putGroup(group);
    put(`,"name":"${any(DEPARTMENTS)}-${any(REGIONS)}-${any(KINDS)}-${number}","children":[`);
    putAll(children[group], putGroup);
    put('],"members":[');
    putAll(members[group], putUser);
    put('],"managers":[');
    putAll([...members[group]].filter((_, at) => at === 0 || random() < 0.025), putUser);
    put("]}");
  }
  put("]}\n");
  integer.end();
  text.end();
  writeFileSync(join(folder, `${size}.questions.json`), JSON.stringify(ask()));

  /** What is asked: of three groups that have some tenths of all users, of pairs half of which are members, of any users. */
  function ask() {
    const seen = new Uint32Array(users);
    let walk = 0;
    const walked = (group, next) => {
      const found = new Set([group]);
      for (const one of found) for (const other of next[one]) found.add(other);
      return [...found];
    };
    const total = (group) => {
      let count = 0;
      walk++;
      for (const below of walked(group, children)) {
        for (const user of members[below]) if (seen[user] !== walk) (seen[user] = walk), count++;
      }
      return count;
    };
    const large = [];
    for (let group = 0; group < Math.min(groups, 400); group++) {
      if (children[group].length >= 2) large.push({ group, total: total(group) });
    }
    large.sort((one, other) => other.total - one.total);
    const take = (share) => {
      const far = ({ total }) => Math.abs(total - share * users);
      const nearest = large.reduce((one, other) => (far(other) < far(one) ? other : one));
      return groupId(large.splice(large.indexOf(nearest), 1)[0].group);
    };
    const [largest, excluded, chosen] = [take(1), take(0.08), take(0.3)];
    const of = Array.from({ length: users }, () => []);
    members.forEach((all, group) => all.forEach((user) => of[user].push(group)));
    const checks = [];
    for (let at = 0; at < 100_000; at++) {
      const user = Math.floor(random() * users);
      const isMember = at % 2 === 1 && of[user].length > 0;
      const group = isMember ? any(walked(any(of[user]), parents)) : Math.floor(random() * groups);
      checks.push(userId(user), groupId(group));
    }
    const people = Array.from({ length: 1_000 }, () => userId(Math.floor(random() * users)));
    return { users, groups, memberships, largest, excluded, chosen, checks, people };
  }
}

const [size, folder, seed = "42"] = process.argv.slice(2);
generate(size, folder, Number(seed));
const read = (name) => readFileSync(join(folder, `${size}.${name}`));
writeFileSync(join(folder, `${size}.answers.json`), JSON.stringify(await answers(read("json"), JSON.parse(read("questions.json")))));
