import { expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { tenants } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { systemScope } from "@/lib/auth/scope";
import { invariant } from "@/lib/errors";
import { listInvoices } from "@/lib/invoices/queries";
import { liveSubscription } from "@/lib/subscriptions/queries";
import { listTransactions } from "@/lib/transactions/queries";
import { listUsageMonths, usageOf } from "@/lib/usage/queries";
import { useWorld } from "@/sandbox/testing/world";
import { makeHistory } from "./history";

useTestDatabase();
const world = useWorld();
const page = { limit: 50, cursor: null };

test("the demo's subscriber has something on every page, once however often the demo starts", async () => {
  await makeHistory();
  await world.drain();
  await makeHistory();
  const [tenant, ...others] = await systemDb().select().from(tenants);
  invariant(tenant, "the subscriber was made");
  expect(others).toEqual([]);
  const scope = systemScope(tenant.tenantId);

  const live = await liveSubscription(scope);
  expect(live).toMatchObject({ plan: "starter", status: "active", usage: { messages: { used: 12_500 } } });
  const invoices = await listInvoices(scope, {}, page);
  expect(invoices.data.map((one) => one.status).sort()).toEqual(["draft", "open", "paid", "paid"]);
  const months = await listUsageMonths(scope);
  expect(months).toHaveLength(2);
  const before = months.find((month) => month.subscriptionId !== live.subscriptionId);
  invariant(before, "there was a free plan before");
  const { metrics } = await usageOf(scope, before.subscriptionId, before.period.start);
  expect(metrics.map((one) => one.days.length)).toEqual([28, 28]);

  const transactions = await listTransactions(scope, {}, page);
  const moved = transactions.data.map(({ type, status, amountMinor }) => `${type} ${status} ${amountMinor}`);
  expect(moved.sort()).toEqual([
    "payment succeeded 20580",
    "payment succeeded 2900",
    "payment succeeded 45000",
    "refund succeeded -5145",
  ]);
});
