import { test as base, type ConsoleMessage, expect } from "@playwright/test";
import { Customer } from "./customer";
import { demo, usesStripeItself } from "./demo";
import { enterAs } from "./session";

interface Journey {
  /** Console errors that belong to the story, such as the browser's own line for an answer of 404. */
  expectedErrors: RegExp[];
  /** A tenant of the test's own, with a balance of $600.00; the browser is signed in as its owner. */
  customer: Customer;
}

/** Stripe's own beacons, which our pages do not let out: saving a card does not hang on them. */
const BEACONS = /https:\/\/[a-z]\.stripe\.(com|network)\//;

/** Playwright's test with a customer; an error in the browser's console fails it. */
export const test = base.extend<Journey>({
  expectedErrors: [[], { option: true }],

  baseURL: async ({ browserName: _ }, use) => use(demo().url),

  customer: async ({ context }, use) => {
    const customer = await Customer.create();
    await enterAs(context, customer.tenant.owner);
    await use(customer);
  },

  context: async ({ context, expectedErrors }, use) => {
    const errors: string[] = [];
    const note = (text: string) => {
      const expected = usesStripeItself() ? [...expectedErrors, BEACONS] : expectedErrors;
      if (!expected.some((each) => each.test(text))) errors.push(text);
    };
    context.on("console", (message: ConsoleMessage) => {
      if (message.type() === "error") note(`${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => note(String(error.error())));
    await use(context);
    expect(errors, "errors in the browser's console").toEqual([]);
  },
});

/** Leaves the tests of a file out where Stripe itself is used. @param why what they need that only the stand-in has */
export function onlyWithStandIn(why: string): void {
  test.beforeEach(() => test.skip(usesStripeItself(), `needs the stand-in: ${why}`));
}

export { expect };
