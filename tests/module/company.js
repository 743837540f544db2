// A small directory by hand, whose every answer can be worked out by looking at it.

import { Directory } from "./packages.js";

/**
 * HQ contains Eng and Ops, which both contain Web; Red and Blue contain each other, and HQ contains Red.
 * Bo is named by Eng, which he manages, and by Web; Di is in the cycle; Ed is nowhere.
 */
export const FACTS = {
  format: "rollcall/1",
  users: [
    { id: "u1", username: "ada", firstName: "Ada", lastName: "Byron", email: "ada@pssc.example", created: "2024-01-31T15:26:54Z",
      status: { suspended: true }, custom: { floor: 2.5, remote: true, team: "Soap 🧼" } },
    { id: "u2", username: "bo", firstName: "Bo", lastName: "Dahl", email: "bo@pssc.example" },
    { id: "u3", username: "cy", firstName: "Cy", lastName: "Agosti" },
    { id: "u4", username: "di" },
    { id: "u5", username: "ed" },
  ],
  groups: [
    { id: "g1", name: "HQ", description: "all", type: "team", created: "2024-01-01", children: ["g2", "g3", "g5"] },
    { id: "g2", name: "Eng", children: ["g4"], members: ["u2"], managers: ["u2"] },
    { id: "g3", name: "Ops", children: ["g4"], members: ["u3"] },
    { id: "g4", name: "Web", members: ["u1", "u2"] },
    { id: "g5", name: "Red", children: ["g6"] },
    { id: "g6", name: "Blue", children: ["g5"], members: ["u4"] },
    { id: "g7", name: "Guests" },
  ],
  memberships: [{ group: "g4", user: "nobody" }],
};

export const company = () => Directory.fromJson(JSON.stringify(FACTS));
