// Cedar: users and groups are entities, and `principal in resource` is membership. Its API takes all entities with each question.

import { createRequire } from "node:module";
import { facts } from "./facts.js";

const cedar = createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs");
const user = (id) => ({ type: "User", id: String(id) });
const group = (id) => ({ type: "Group", id: String(id) });

export default {
  name: "cedar-wasm",
  needs: "@cedar-policy/cedar-wasm",
  sample: { checks: { XS: 50, S: 10, M: 2, L: 1 } },
  read(bytes) {
    const { users, groups } = facts(bytes);
    const of = new Map(users.map(({ id }) => [id, []]));
    for (const { id, members } of groups) for (const member of members) of.get(member).push(group(id));
    const policies = { staticPolicies: "permit(principal, action, resource) when { principal in resource };" };
    const parsed = cedar.preparsePolicySet("membership", policies);
    if (parsed.type !== "success") throw new Error(JSON.stringify(parsed));
    return [
      ...users.map(({ id }) => ({ uid: user(id), attrs: {}, parents: of.get(id) })),
      ...groups.map(({ id, parents }) => ({ uid: group(id), attrs: {}, parents: parents.map(group) })),
    ];
  },
  checks(entities, pairs) {
    const answers = new Uint8Array(pairs.length / 2);
    for (let at = 0; at < pairs.length; at += 2) {
      const answer = cedar.statefulIsAuthorized({
        principal: user(pairs[at]),
        action: { type: "Action", id: "in" },
        resource: group(pairs[at + 1]),
        context: {},
        preparsedPolicySetId: "membership",
        entities,
      });
      if (answer.type !== "success") throw new Error(JSON.stringify(answer).slice(0, 300));
      answers[at / 2] = answer.response.decision === "allow";
    }
    return answers;
  },
};
