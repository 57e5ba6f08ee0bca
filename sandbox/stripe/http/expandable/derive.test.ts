import { expect, test } from "vitest";
import { deriveExpandable } from "./derive";
import members from "./members.json";

test("the list of expandable members is that of the installed package", () => {
  // Out of date after an update: tsx sandbox/stripe/http/expandable/write.ts
  expect(deriveExpandable()).toEqual(members);
}, 90_000);
