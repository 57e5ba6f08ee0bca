import { usesStripeItself } from "./demo";
import { test } from "./journey";
import { START_LIMIT_MS, type StartedDemo, startOne } from "./start-demo";

/**
 * Gives a file a demo of its own, for a journey through so much time that it would meet what all others have left behind. The file
 * is in `e2e/own-demo`: Playwright runs it in a process of its own, which knows nothing of the demo that the others share.
 */
export function onOwnDemo(): void {
  let own: StartedDemo | null = null;
  test.beforeAll(async () => {
    if (usesStripeItself()) return;
    test.setTimeout(START_LIMIT_MS);
    own = await startOne("own-demo-logs");
    process.env.EVENKEEL_DEMO_FILE = own.file;
  });
  test.afterAll(() => own?.stop());
}
