import { test as base, type ConsoleMessage, expect } from "@playwright/test";
import { Customer } from "./customer";
import { demo } from "./demo";
import { enterAs } from "./session";

interface Journey {
  /** Console errors that belong to the story, such as the browser's own line for an answer of 404. */
  expectedErrors: RegExp[];
  /** A tenant of the test's own, with a balance of $600.00; the browser is signed in as its owner. */
  customer: Customer;
}

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
      if (!expectedErrors.some((expected) => expected.test(text))) errors.push(text);
    };
    context.on("console", (message: ConsoleMessage) => {
      if (message.type() === "error") note(`${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => note(String(error.error())));
    await use(context);
    expect(errors, "errors in the browser's console").toEqual([]);
  },
});

export { expect };
