import { type Inngest, NonRetriableError, RetryAfterError } from "inngest";

/** What the functions of the lab really did, in order. */
export const effects: string[] = [];
const did = (what: string) => {
  effects.push(what);
  return what;
};
/** Charges open at the same time. */
export const inFlight = { now: 0, peak: 0 };
/** What the `onFailure` handler was told. */
export const failures: unknown[] = [];

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

  const parallel = inngest.createFunction({ id: "parallel", triggers: { event: "t/parallel" } }, async ({ step }) => {
    const done = await Promise.all([
      step.run("p1", () => did("p1")),
      step.run("p2", () => did("p2")),
      step.sleep("p3", "5s"),
      step.waitForEvent("p4", { event: "t/never", timeout: "30s" }),
    ]);
    return step.run("join", () => done.filter(Boolean).join("+"));
  });
  const doomed = inngest.createFunction(
    {
      id: "doomed",
      retries: 1,
      triggers: { event: "t/doomed" },
      onFailure: ({ error, event, step }) =>
        step.run("alert", () => {
          failures.push([error.name, error.message, event.data.event.data.kind]);
        }),
    },
    async ({ step, event }) => {
      if (event.data.kind === "final") throw new NonRetriableError("card gone");
      await step.run("boom", () => {
        did("boom");
        throw new Error("boom");
      });
    },
  );
  const caught = inngest.createFunction(
    { id: "caught", retries: 1, triggers: { event: "t/caught" } },
    async ({ step }) => {
      try {
        await step.run("bad", () => {
          throw new Error("nope");
        });
      } catch (error) {
        return step.run("recover", () => `recovered from ${String(error)}`);
      }
    },
  );
  const later = inngest.createFunction({ id: "later", triggers: { event: "t/later" } }, ({ step, attempt, event }) =>
    step.run("s", () => {
      if (attempt === 0) throw new RetryAfterError("slow down", event.data.at ? new Date(event.data.at) : "90s");
      return "ok";
    }),
  );
  const big = inngest.createFunction({ id: "big", triggers: { event: "t/big" } }, async ({ step }) => {
    let length = 0;
    for (let i = 0; i < 6; i++) length += (await step.run(`blob-${i}`, () => "x".repeat(900_000))).length;
    await step.sleep("pause", "1s");
    return length;
  });
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
  const single = inngest.createFunction(
    { id: "single", triggers: { event: "t/single" }, singleton: { key: "event.data.k", mode: "skip" } },
    async ({ step }) => step.sleep("hold", "1h"),
  );
  const latest = inngest.createFunction(
    { id: "latest", triggers: { event: "t/latest" }, singleton: { mode: "cancel" } },
    async ({ step }) => step.sleep("hold", "1h"),
  );
  return [
    nightly,
    fanOut,
    due,
    quote,
    dunning,
    parallel,
    doomed,
    caught,
    later,
    big,
    slow,
    unsupported,
    throttled,
    single,
    latest,
  ];
}
