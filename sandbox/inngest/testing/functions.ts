import { type Inngest, RetryAfterError } from "inngest";
import { now } from "@/lib/clock";

/** What the functions of the lab really did, in order. */
export const effects: string[] = [];
const did = (what: string) => {
  effects.push(what);
  return what;
};
/** Charges open at the same time. */
export const inFlight = { now: 0, peak: 0 };

/** The tick a cron run is for; the server sends it, the SDK's types do not know it. */
export function tickOf(event: { data: object }): string {
  return "scheduledAt" in event.data ? String(event.data.scheduledAt) : "unknown";
}

/** One function for each thing the protocol has to carry. */
export function functions(inngest: Inngest) {
  const nightly = inngest.createFunction(
    { id: "nightly", triggers: { cron: "TZ=UTC 0 3 * * *" } },
    async ({ step, event }) => {
      const page = await step.run("load", () => ({ accounts: ["a1", "a2"], at: tickOf(event), done: did("load") }));
      await step.sleep("settle", "10m");
      return step.run("close", () => did(`close ${page.accounts.length} at ${page.at}`));
    },
  );

  const fanOut = inngest.createFunction(
    { id: "fan-out", triggers: { event: "t/fan-out" } },
    async ({ step, attempt }) => {
      const count = await step.run("count", () => {
        did(`count, attempt ${attempt}`);
        if (attempt < 2) throw new Error("flaky");
        return 6;
      });
      const events = Array.from({ length: count }, (_, i) => ({
        id: `due-${i % 4}`,
        name: "t/due",
        data: { account: `a${i % 2}`, invoice: `i${i}` },
      }));
      const { ids } = await step.sendEvent("send", events);
      return ids.length;
    },
  );
  const due = inngest.createFunction(
    {
      id: "due",
      triggers: { event: "t/due" },
      concurrency: { key: "event.data.account", limit: 1 },
      idempotency: "event.data.invoice",
    },
    ({ step, event }) =>
      step.run("charge", async () => {
        inFlight.peak = Math.max(inFlight.peak, ++inFlight.now);
        // Both accounts are charged at once, however slow the machine is; a third charge must not join them.
        for (let waited = 0; waited < 40 || (inFlight.peak < 2 && waited < 1500); waited += 10) {
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        inFlight.now--;
        return did(`charged ${event.data.invoice}`);
      }),
  );

  const quote = inngest.createFunction({ id: "quote", triggers: { event: "t/quote" } }, ({ step, event }) =>
    step.run("quote", () => ({ tax: event.data.amount * 0.2 })),
  );
  const dunning = inngest.createFunction(
    {
      id: "dunning",
      triggers: { event: "t/overdue" },
      cancelOn: [{ event: "t/closed", match: "data.account" }],
    },
    async ({ step }) => {
      const paid = await step.waitForEvent("paid", { event: "t/paid", timeout: "7d", match: "data.invoice" });
      if (!paid) return { outcome: "timed out" };
      return {
        outcome: "paid",
        quote: await step.invoke("tax", { function: quote, data: { amount: paid.data.amount } }),
      };
    },
  );

  const later = inngest.createFunction({ id: "later", triggers: { event: "t/later" } }, ({ step, attempt, event }) =>
    step.run("s", () => {
      if (attempt === 0) throw new RetryAfterError("slow down", event.data.at ? new Date(event.data.at) : "90s");
      return "ok";
    }),
  );
  const slow = inngest.createFunction({ id: "slow", triggers: { event: "t/slow" } }, async ({ step, attempt }) => {
    const a = await step.run("a", async () => {
      did("a");
      await new Promise((resolve) => setTimeout(resolve, attempt === 0 ? 2500 : 1000));
      return `a${attempt}`;
    });
    return step.run("b", () => `${a}${did("b")}`);
  });
  const unsupported = inngest.createFunction({ id: "unsupported", triggers: { event: "t/unsupported" } }, ({ step }) =>
    step.waitForSignal("signal", { signal: "s", timeout: "1d", onConflict: "fail" }),
  );
  const throttled = inngest.createFunction(
    { id: "throttled", triggers: { event: "t/throttled" }, throttle: { limit: 2, period: "1m", key: "event.data.k" } },
    ({ event }) => did(`throttled ${event.data.n}`),
  );
  const limited = inngest.createFunction(
    { id: "limited", rateLimit: { limit: 2, period: "1m" }, triggers: { event: "t/limited" } },
    ({ event }) => did(`limited ${event.data.n}`),
  );
  const edited = inngest.createFunction(
    { id: "edited", debounce: { period: "1m", timeout: "2m" }, triggers: { event: "t/edited" } },
    ({ event }) => did(`edited ${event.data.n}`),
  );
  const queued = inngest.createFunction(
    { id: "queued", throttle: { limit: 1, period: "1h" }, timeouts: { start: "10s" }, triggers: { event: "t/queued" } },
    ({ event }) => did(`queued ${event.data.n}`),
  );
  const jittered = inngest.createFunction({ id: "jittered", triggers: [{ cron: "0 4 * * *", jitter: "5m" }] }, () =>
    did(`jittered ${now().toISOString()}`),
  );
  return [limited, edited, queued, jittered, nightly, fanOut, due, quote, dunning, later, slow, unsupported, throttled];
}
