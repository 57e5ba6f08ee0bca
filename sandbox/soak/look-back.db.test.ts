import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { adjust, debit } from "@/lib/balance/commands";
import { newId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import { createTenant } from "@/lib/tenants/commands";
import { dataFiles, keepSecrets, prepareDataDir } from "../demo/data-dir";
import { SimulatedTenant } from "../simulator/tenant";
import { Account } from "../stripe/account";
import { lookBack } from "./look-back";

const { sql } = useTestDatabase();
const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-soak-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = dataFiles(folder);
prepareDataDir(files);
const secrets = keepSecrets(files);
const keys = { secretKey: secrets.stripeSecretKey, publishableKey: secrets.stripePublishableKey };
const journal = path.join(files.stripe, "journal.jsonl");

async function tenantWithDebit(): Promise<SimulatedTenant> {
  const tenantId = await systemDb().transaction((tx) =>
    createTenant(tx, { slug: newId(), name: "Soak", currency: toCurrency("USD"), timeZone: "UTC" }),
  );
  const plan = { timeZone: "UTC", currency: "USD", creditMinor: 0, floorMinor: null, cards: [], terms: null };
  const tenant = new SimulatedTenant(0, tenantId, plan);
  const credit = { tenantId, amountMinor: toMinor(5_000), reason: "soak", sourceId: newId() };
  await adjust({ ...tenant.scope, role: "operator" }, credit);
  await debit(tenant.scope, { sourceId: newId(), amountMinor: toMinor(700) });
  Object.assign(tenant.accepted, { adjustedMinor: 5_000, debitedMinor: 700 });
  return tenant;
}

const look = async (tenant: SimulatedTenant, unanswered: string[] = []) =>
  (await lookBack(sql, { files, secrets }, [tenant], unanswered)).violations;

test("what was answered, what is in the rows and what the stand-in has must agree", async () => {
  new Account(keys, journal).store.close();
  const tenant = await tenantWithDebit();
  expect(await look(tenant)).toEqual([]);
  tenant.accepted.debitedMinor -= 1;
  expect(await look(tenant)).toEqual([expect.stringMatching(/balance is 4300 and should be 4301/)]);
});

test("a call without an answer, and an event that nobody handled, are violations", async () => {
  const tenant = await tenantWithDebit();
  expect(await look(tenant, ["debit"])).toEqual(["never answered: debit"]);
  await sql`insert into stripe_events (event_id, type, created_at, received_at, via)
    values ('evt_1', 'charge.updated', now(), now(), 'webhook')`;
  expect(await look(tenant)).toEqual([expect.stringMatching(/event evt_1 .* is not handled/)]);
});
