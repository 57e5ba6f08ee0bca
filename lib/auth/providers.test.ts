import { expect, test } from "vitest";
import { providerPerson, verifiedGithubEmail } from "./providers";

const google = { provider: "google", providerAccountId: "1" };
const github = { provider: "github", providerAccountId: "2" };

test("Google's address counts when Google has verified it", () => {
  const email = "a@b.test";
  expect(providerPerson(google, { name: "A" }, { email, email_verified: true })?.verifiedEmail).toBe(email);
  for (const email_verified of [false, undefined, "true"])
    expect(providerPerson(google, {}, { email, email_verified })?.verifiedEmail).toBeNull();
});

test("GitHub's address counts when it is the primary one and verified; that of the profile never", () => {
  const list = (primary: boolean, verified: boolean) => [{ email: "a@b.test", primary, verified }];
  expect(verifiedGithubEmail(list(true, true))).toBe("a@b.test");
  for (const bad of [list(true, false), list(false, true), [], null, { message: "Not Found" }])
    expect(verifiedGithubEmail(bad)).toBeNull();
  expect(providerPerson(github, {}, { email: "shown@b.test" })?.verifiedEmail).toBeNull();
  expect(providerPerson(github, {}, { verified_email: "a@b.test" })?.verifiedEmail).toBe("a@b.test");
});

test("the password is no provider", () => {
  expect(providerPerson({ provider: "credentials", providerAccountId: "3" }, {}, undefined)).toBeNull();
});
