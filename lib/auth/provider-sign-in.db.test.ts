import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { personOfProvider } from "./provider-sign-in";
import { signIn } from "./sign-in";
import { signUp } from "./sign-up";
import { ensureUser } from "./users";

const { sql } = useTestDatabase();
const PASSWORD = "correct horse battery";
const someone = () => `p-${randomUUID()}@people.test`;
const from = (verifiedEmail: string | null, providerUserId: string = randomUUID()) => ({
  provider: "google" as const,
  providerUserId,
  verifiedEmail,
  name: "Grace",
});

test("a verified address is linked to the account that has it, and the link outlives the address", async () => {
  const email = someone();
  const { userId } = await systemDb().transaction((tx) =>
    ensureUser(tx, { email, name: "Olivia", password: PASSWORD }),
  );
  expect((await personOfProvider(from(email.toUpperCase(), "g-1")))?.userId).toBe(userId);
  expect((await personOfProvider(from(null, "g-1")))?.userId).toBe(userId);
  expect((await personOfProvider(from(someone(), "g-1")))?.userId).toBe(userId);
  expect(await sql`select 1 from linked_accounts where user_id = ${userId}`).toHaveLength(1);
  expect((await signIn({ email, password: PASSWORD, address: "a", userAgent: null })).user.userId).toBe(userId);
});

test("an address that the provider has not verified is nobody's", async () => {
  expect(await personOfProvider(from(null))).toBeNull();
});

test("somebody new becomes a person with a proven address, once", async () => {
  const email = someone();
  const [first, second] = await Promise.all([
    personOfProvider(from(email, "g-2")),
    personOfProvider(from(email, "g-2")),
  ]);
  expect(first).toMatchObject({ email, name: "Grace", locale: "und", emailConfirmed: true });
  expect(second?.userId).toBe(first?.userId);
});

test("whoever signed up with the address without proving it is shut out", async () => {
  const email = someone();
  const organisation = { name: "X", currency: "USD", timeZone: "UTC" };
  const input = { email, name: "S", password: PASSWORD, organisation, locale: "en", address: "a", userAgent: null };
  const squatter = await signUp(input);
  expect((await personOfProvider(from(email)))?.userId).toBe(squatter.user.userId);
  await expect(signIn({ email, password: PASSWORD, address: "b", userAgent: null })).rejects.toMatchObject({
    code: "unauthenticated",
  });
  expect(
    await sql`select 1 from user_sessions where user_id = ${squatter.user.userId} and ended_at is null`,
  ).toHaveLength(0);
});
