// Passbolt's own OpenAPI document, as its documentation has it, against what the companion answers on the paths that both have.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { administrator, fillDirectory, startCompanion } from "../e2e/companion.js";

const require = createRequire(new URL("package.json", `file://${process.env.NPM}/`));
const { default: Ajv } = require("ajv/dist/2020");
const { default: addFormats } = require("ajv-formats");
const { parse } = require("yaml");

/** Somebody of whom is known what the vendor knows of everybody. */
const person = (id, first, last) => ({
  id,
  username: id,
  email: `${id}@example.org`,
  firstName: first,
  lastName: last,
  created: "2024-01-31T15:26:54Z",
  modified: "2025-02-03T09:00:00Z",
});
const group = (id, name) => ({ id, name, created: "2024-01-31T15:26:54Z", modified: "2025-02-03T09:00:00Z" });
const directory = {
  format: "rollcall/1",
  users: [
    { ...person("ann", "Ann", "Ångström"), lastLogin: "2026-11-20T10:00:00Z" },
    { ...person("bo", "Bo", "Brandt"), status: { suspended: true } },
    person("cy", "Cy", "Castro"),
  ],
  groups: [group("ledger", "Ledger team"), group("nobody", "Nobody's")],
  memberships: [
    { group: "ledger", user: "ann", isAdmin: true },
    { group: "ledger", user: "bo" },
  ],
};

/** What was asked, by the document's path and method, and what came. */
const answers = [];
let companion;

before(async () => {
  fillDirectory(directory);
  companion = await startCompanion();
  const administer = await administrator(companion.address, "passbolt");
  const ask = async (path, method, query = "", ids = {}, body = undefined) => {
    const url = path.replace(/\{(\w+)\}/, (_, name) => ids[name]) + query.replaceAll("[", "%5B").replaceAll("]", "%5D");
    const { status, body: answer } = await administer(method.toUpperCase(), url, body);
    answers.push({ path, method, url, status, answer });
    return answer.body;
  };
  const parts = "contain[my_group_user]=1&contain[groups_users.user.profile]=1&contain[groups_users.user.gpgkey]=1&contain[modifier.profile]=1";
  const nobody = "00000000-0000-4000-8000-000000000000";

  await ask("/auth/is-authenticated.json", "get");
  await ask("/roles.json", "get");

  const users = await ask("/users.json", "get");
  await ask("/users.json", "get", "?contain[groups_users]=0&limit=1&page=2");
  await ask("/users.json", "get", "?filter[has-groups]=none");
  await ask("/users.json", "get", `?filter[has-access]=${nobody}`);
  for (const { id: userId } of users) await ask("/users/{userId}.json", "get", "", { userId });
  await ask("/users/{userId}.json", "get", "", { userId: "none" });
  await ask("/users/{userId}.json", "get", "", { userId: nobody });

  const groups = await ask("/groups.json", "get");
  await ask("/groups.json", "get", `?${parts}`);
  await ask("/groups.json", "get", "?filter[has-users]=none");
  for (const { id: groupId } of groups) await ask("/groups/{groupId}.json", "get", `?${parts}`, { groupId });
  const [{ id: groupId }] = groups;
  const [, member] = await ask("/groups/{groupId}.json", "get", "?contain[groups_users]=1", { groupId }).then((it) => it.groups_users);
  for (const path of ["/groups/{groupId}/dry-run.json", "/groups/{groupId}.json"]) {
    await ask(path, "put", "", { groupId }, { name: "Ledger", groups_users: [{ id: member.id, is_admin: true }] });
    await ask(path, "put", "", { groupId }, { name: "" });
    await ask(path, "put", "", { groupId: "none" }, { name: "Ledger" });
    await ask(path, "put", "", { groupId: nobody }, { name: "Ledger" });
  }
  await ask("/groups/{groupId}.json", "get", "", { groupId: "none" });
  await ask("/groups/{groupId}.json", "get", "", { groupId: nobody });
});

after(() => companion.stop());

/** The document's files by their names, with `x-nullable` in words of JSON Schema. */
function read() {
  const root = process.env.OPENAPI;
  const names = readdirSync(root, { recursive: true }).filter((name) => /^(root|paths.\w+|components.(responses|schemas).*)\.yml$/.test(name));
  return Object.fromEntries(names.map((name) => [name, nullable(parse(readFileSync(join(root, name), "utf8")))]));
}

const orNull = (schema) => ({ anyOf: [schema, { type: "null" }] });

function nullable(value) {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(nullable);
  const { "x-nullable": isNullable, ...rest } = value;
  const schema = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, nullable(inner)]));
  return isNullable ? orNull(schema) : schema;
}

const HEADERS = "components/schemas.yml";
const GROUPS = "components/schemas/groups.yml";
const USERS = "components/schemas/users.yml";
const ROLES = "components/schemas/roles.yml";

const bodyOf = (response) => response.content["application/json"].schema.properties;

/** A fact that no directory knows is `null`, where the document has it always told. */
const unknown = (says, file, of, field) => [
  says,
  (document) => {
    const { properties } = of(document[file]);
    properties[field] = orNull(properties[field]);
  },
];
const named = (it) => it.groupIndexAndView;
const membership = (it) => it.groupsUsersIndexAndView;
const profile = (it) => it.userIndexAndView.properties.profile;
const role = (it) => it.role;

/** Where the companion is not what the document says: in what, and a change of the document that says so. */
const DIFFERENT = [
  // The vendor's own server, or the document's own examples, differ in these.
  ["an address is a path", (document) => (document[HEADERS].header.properties.url.format = "uri-reference")],
  ["so it is on a page", (document) => (document[HEADERS].headerWithPagination.properties.url.format = "uri-reference")],
  [
    "a user has a list of memberships",
    (document) => {
      const { properties } = document[USERS].userIndexAndView;
      properties.groups_users = { type: "array", items: properties.groups_users };
    },
  ],
  [
    "the profile of a member has no avatar",
    (document) => {
      const own = profile(document[USERS]);
      own.required = own.required.filter((name) => name !== "avatar");
    },
  ],
  unknown("who is not in a group has no membership of their own", GROUPS, named, "my_group_user"),
  ["a change is refused field by field", (document) => (bodyOf(document["components/responses.yml"].badRequest).body = { type: ["string", "object"] })],
  [
    "so it is on trial",
    (document) => (bodyOf(document["components/responses/groups.yml"].updateDryRunError).body = { type: ["string", "object"] }),
  ],
  // What the companion's directory cannot know.
  unknown("who made a group", GROUPS, named, "created_by"),
  unknown("who changed a group", GROUPS, named, "modified_by"),
  unknown("since when a membership is", GROUPS, membership, "created"),
  unknown("since when a profile is", USERS, profile, "created"),
  unknown("when a profile was changed", USERS, profile, "modified"),
  unknown("what a user looks like", USERS, profile, "avatar"),
  unknown("since when a role is", ROLES, role, "created"),
  unknown("when a role was changed", ROLES, role, "modified"),
  unknown("what a role is for", ROLES, role, "description"),
];

/** The schema of an answer, as an address; none where the document has no such answer. */
function schemaOf(document, { path, method, status }) {
  const operation = document[document["root.yml"].paths[path].$ref][method];
  const [file, pointer] = operation.responses[status]?.$ref.replace("../", "").split("#") ?? [];
  return file && `file:///${file}#${pointer}/content/application~1json/schema`;
}

function validatorOf(document) {
  // Its files are collections of schemas, not schemas.
  const validator = new Ajv({ strict: false, validateSchema: false });
  addFormats(validator);
  for (const [name, content] of Object.entries(document)) {
    if (name.startsWith("components")) validator.addSchema(content, `file:///${name}`);
  }
  return validator;
}

/** What the document, so changed, has to say against the answers. */
function objections(changes) {
  const document = read();
  for (const [, change] of changes) change(document);
  const validator = validatorOf(document);
  return answers.flatMap((it) => {
    const schema = schemaOf(document, it);
    if (schema === undefined) return [`${it.method} ${it.url} ${it.status}: no such answer`];
    const validate = validator.getSchema(schema);
    if (validate(it.answer)) return [];
    return validate.errors.map((error) => `${it.method} ${it.url} ${it.status}: ${error.instancePath} ${error.message}`);
  });
}

test("the document agrees with every answer, but for what is written down here", () => {
  assert.deepEqual(objections(DIFFERENT), []);
});

for (const one of DIFFERENT) {
  test(`${one[0]}: the document says otherwise`, () => {
    assert.notDeepEqual(objections(DIFFERENT.filter((other) => other !== one)), []);
  });
}

test("every answer that the document has for what the companion offers was asked for", () => {
  const document = read();
  const asked = new Set(answers.map(({ path, method, status }) => `${method} ${path} ${status}`));
  const offered = new Set(answers.map(({ path, method }) => `${method} ${path}`));
  const missing = [...offered].flatMap((operation) => {
    const [method, path] = operation.split(" ");
    const { responses } = document[document["root.yml"].paths[path].$ref][method];
    return Object.keys(responses).map((status) => `${operation} ${status}`).filter((it) => !asked.has(it));
  });
  assert.deepEqual(missing.filter((it) => !it.endsWith(" 401")), [
    // There are no resources that somebody who asks for a user might be refused, and roles have no filter.
    "get /roles.json 400",
    "get /users/{userId}.json 403",
  ]);
});

test("who has not signed in is told so as the document has it, with the status of the vendor's help", async () => {
  const document = read();
  const [[, isPath]] = DIFFERENT;
  isPath(document);
  const validator = validatorOf(document);
  for (const { path, method } of answers) {
    const answer = await fetch(new URL(path, companion.address), { method });
    assert.equal(answer.status, 403);
    assert(validator.validate(schemaOf(document, { path, method, status: 401 }), await answer.json()), validator.errorsText());
  }
});
