import { expect, test } from "vitest";
import { expectNoViolations } from "./checked";
import { failure, standIn } from "./stand-in";

test("what a test's stand-in answers and tells is looked at", async () => {
  const { stripe } = await standIn();
  await stripe.customers.create({});
  expect(expectNoViolations()).toBe(2);
  await failure(stripe.customers.retrieve("cus_none"));
  expect(expectNoViolations()).toBe(1);
});
