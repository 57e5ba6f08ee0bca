/** A piece of a file of the product and what a careless hand would make of it. */
type Patch = { file: string; find: string; replace: string };
export type Bug = { name: string; what: string; patches: Patch[] };

/** Ten mistakes that cost money, none of which is in the product: they are made while it is loaded, in a simulation alone. */
export const BUGS: readonly Bug[] = [
  {
    name: "key-not-reused",
    what: "a charge that is asked for again gets a new idempotency key",
    patches: [
      {
        file: "lib/stripe/payment-intents.ts",
        find: "{ idempotencyKey: charge.attemptId }",
        replace: "{ idempotencyKey: charge.attemptId + Math.random() }",
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
        replace: "",
      },
      {
        file: "lib/recharge/settle.ts",
        find: "sourceId: intent.paymentIntentId,",
        replace: 'sourceId: attempt.state === "succeeded" ? `${intent.paymentIntentId}:again` : intent.paymentIntentId,',
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
        replace: "const setup = await readSetup(systemDb(), tenantId, trigger);\n  const rule = await lockRule(tx, tenantId);",
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
        replace: 'await recordRefusedRequest(context, { code: "no_answer", message: "no answer" });',
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
        replace: "export const LEASE_MS = 2_000;",
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
        replace: "",
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
        replace: "toMinor(Number((amount * rate) / SCALE))",
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
        replace:
          "const again = chargeOf(attempt);\n    const outcome = await chargeOffSession({ ...again, totalMinor: (again.totalMinor + again.feeMinor) as never });",
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
        replace: "paymentIntentId: payment.stripePaymentIntentId,\n    amountMinor: payment.refundedMinor,",
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
        replace: "await tx.update(rechargeRules).set(values);",
      },
    ],
  },
];
