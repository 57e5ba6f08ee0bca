import { usesStripeItself } from "./demo";
import { test as shared } from "./journey";
import { START_LIMIT_MS, shareClock, startOne } from "./start-demo";

/**
 * For journeys that move the clock, pull brakes for everybody or kill processes: one after the other, on a demo that the journeys
 * outside `e2e/alone` know nothing of, so that both go on side by side.
 */
export const test = shared.extend<object, { demoOfOurOwn: undefined }>({
  demoOfOurOwn: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its pattern.
    async ({}, use) => {
      // Where Stripe itself is used there is one worker, and one demo for all.
      if (usesStripeItself()) return use(undefined);
      const own = await startOne("alone-demo-logs");
      process.env.EVENKEEL_DEMO_FILE = own.file;
      shareClock();
      await use(undefined);
      await own.stop();
    },
    { scope: "worker", auto: true, timeout: START_LIMIT_MS },
  ],
});

export { expect, onlyWithStandIn } from "./journey";
