/** A piece of a file of the product, and the same with a mistake in it that is made while `made` says so. */
type Patch = { file: string; find: string; replace: string };
export type Bug = { name: string; what: string; patches: Patch[] };

/** Whether a mistake is being made right now: an expression, put into the product's files while they are loaded. */
const made = (name: string) => `(globalThis.evenkeelMistake === "${name}")`;

/** Ten mistakes that cost money. None of them is in the product, nor a switch for them: only a hunt loads the files changed. */
export const BUGS: readonly Bug[] = [
  {
    name: "key-not-reused",
    what: "a charge that is asked for again gets a new idempotency key",
    patches: [
      {
        file: "lib/stripe/payment-intents.ts",
        find: "{ idempotencyKey: charge.attemptId }",
        replace: `{ idempotencyKey: charge.attemptId + (${made("key-not-reused")} ? Math.random() : "") }`,
      },
    ],
  },
  {
    name: "credit-twice",
    what: "the credit is posted by the answer and by the webhook",
    patches: [
      {
        file: "lib/recharge/settle.ts",
        find: 'if (attempt.state === "succeeded") return;',
        replace: `if (attempt.state === "succeeded" && !${made("credit-twice")}) return;`,
      },
      {
        file: "lib/recharge/settle.ts",
        find: "sourceId: intent.paymentIntentId,",
        replace: 'sourceId: intent.paymentIntentId + (attempt.state === "succeeded" ? ":again" : ""),',
      },
    ],
  },
  {
    name: "limit-outside-transaction",
    what: "limits and balance are read before the tenant's lock is taken",
    patches: [
      {
        file: "lib/recharge/evaluate.ts",
        find: "const rule = await lockRule(tx, tenantId);\n  const setup = await readSetup(tx, tenantId, trigger, rule);",
        replace: `const early = ${made("limit-outside-transaction")} ? await readSetup(systemDb(), tenantId, trigger) : null;
          const rule = await lockRule(tx, tenantId);
          const setup = early ?? (await readSetup(tx, tenantId, trigger, rule));`,
      },
    ],
  },
  {
    name: "unknown-is-failed",
    what: "a charge whose answer was lost counts as failed",
    patches: [
      {
        file: "lib/recharge/settle.ts",
        find: 'await updateAttempt(context, { state: "unknown", leaseUntil: new Date(now().getTime() + ASK_AGAIN_MS) });',
        replace: `await (${made("unknown-is-failed")}
          ? recordRefusedRequest(context, { code: "no_answer", message: "no answer" })
          : updateAttempt(context, { state: "unknown", leaseUntil: new Date(now().getTime() + ASK_AGAIN_MS) }));`,
      },
    ],
  },
  {
    name: "lease-too-short",
    what: "an attempt's lease is shorter than a call to Stripe may take",
    patches: [
      {
        file: "lib/recharge/claim.ts",
        find: "export const LEASE_MS = STRIPE_TIMEOUT_MS * (STRIPE_RETRIES + 1) + 50_000;",
        replace: `const longEnough = STRIPE_TIMEOUT_MS * (STRIPE_RETRIES + 1) + 50_000;
          export const LEASE_MS = { valueOf: () => (${made("lease-too-short")} ? 2_000 : longEnough) };`,
      },
    ],
  },
  {
    name: "pause-lost",
    what: "declines pause the rule in the mail only",
    patches: [
      {
        file: "lib/recharge/record-failure.ts",
        find: "...(next.pauseReason ? { pausedAt: now(), pauseReason: next.pauseReason } : {}),",
        replace: `...(next.pauseReason && !${made("pause-lost")} ? { pausedAt: now(), pauseReason: next.pauseReason } : {}),`,
      },
    ],
  },
  {
    name: "fee-rounded-down",
    what: "the fee is cut off instead of rounded half-up",
    patches: [
      {
        file: "lib/money/fees.ts",
        find: "divideHalfUp(amount * rate, SCALE)",
        replace: `(${made("fee-rounded-down")} ? toMinor(Number((amount * rate) / SCALE)) : divideHalfUp(amount * rate, SCALE))`,
      },
    ],
  },
  {
    name: "fee-doubled-on-retry",
    what: "the fee is added once more when a charge is asked for again",
    patches: [
      {
        file: "lib/recharge/resolve.ts",
        find: "const outcome = await chargeOffSession(chargeOf(attempt));",
        replace: `const again = chargeOf(attempt);
          if (${made("fee-doubled-on-retry")}) again.totalMinor += again.feeMinor;
          const outcome = await chargeOffSession(again);`,
      },
    ],
  },
  {
    name: "refund-cumulative",
    what: "a second refund asks for everything given back so far",
    patches: [
      {
        file: "lib/transactions/refund.ts",
        find: "paymentIntentId: payment.stripePaymentIntentId,\n    amountMinor: refund.amountMinor,",
        replace: `paymentIntentId: payment.stripePaymentIntentId,
          amountMinor: ${made("refund-cumulative")} ? payment.refundedMinor : refund.amountMinor,`,
      },
    ],
  },
  {
    name: "tenant-filter-missing",
    what: "a decline is recorded on every tenant's rule",
    patches: [
      {
        file: "lib/recharge/record-failure.ts",
        find: "await tx.update(rechargeRules).set(values).where(eq(rechargeRules.tenantId, rule.tenantId));",
        replace: `await tx.update(rechargeRules).set(values)
          .where(${made("tenant-filter-missing")} ? undefined : eq(rechargeRules.tenantId, rule.tenantId));`,
      },
    ],
  },
];
