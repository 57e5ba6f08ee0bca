import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { readBooks } from "@/sandbox/testing/books";
import { moneyOf } from "@/sandbox/testing/final-rows";
import { fourteenMonths, OWNER } from "@/sandbox/testing/fourteen-months";
import type { Life } from "@/sandbox/testing/life";
import { useLiveWorld } from "@/sandbox/testing/live-world";
import { useMailbox } from "@/sandbox/testing/mailbox";

const { sql } = useTestDatabase();
const mailbox = useMailbox();
const world = useLiveWorld();

/** Generous: a life is some two thousand runs of jobs. */
const TELLING_MS = 600_000;

/** The whole of it is told with every webhook doubled and shuffled: nothing of what is expected here may know of that. */
let life: Life;
beforeAll(async () => {
  life = await fourteenMonths(world, sql, { duplicate: 1, shuffle: true, delayMs: 3 });
}, TELLING_MS);

/** What has to hold at the end of each life, whatever went wrong on the way. */
async function expectOrder(of: Life): Promise<void> {
  const books = await readBooks(sql, world.stripeSdk, of.scope.tenantId);
  expect(books).toEqual({
    unbalanced: 0,
    wrongAccounts: 0,
    atStripe: 348_389,
    inLedger: 348_389,
    inList: 348_389,
    accounts: {
      prepaid: 49_999,
      stripe: -348_389,
      fee_revenue: 1_740 + 1_305 + 1_682 - 290,
      usage_revenue: 45_003 + 3_000 + 45_000 + 10_000 + 1,
      invoice_revenue: 9 * 9_900 + 12_149 + 3 * 29_900,
    },
  });
  expect(await world.failedRuns()).toEqual([]);
  const [waiting] = await sql`select count(*)::int as events from stripe_events where handled_at is null`;
  expect(waiting).toEqual({ events: 0 });
}

test("fourteen months of invoices, without a gap, and each is paid", async () => {
  await expectOrder(life);
  const invoices = (await life.invoices()).map(({ number, reason, status, total }) => [number, reason, status, total]);
  expect(invoices).toEqual([
    ["INV-000001", "subscription_create", "paid", 0],
    ["INV-000002", "subscription_cycle", "paid", 9_900],
    ["INV-000003", "subscription_cycle", "paid", 9_900],
    ["INV-000004", "subscription_cycle", "paid", 9_900],
    ["INV-000005", "subscription_update", "paid", 12_149],
    ["INV-000006", "subscription_cycle", "paid", 29_900],
    ["INV-000007", "subscription_cycle", "paid", 29_900],
    ["INV-000008", "subscription_cycle", "paid", 29_900],
    ...[9, 10, 11, 12, 13, 14].map((n) => [`INV-${String(n).padStart(6, "0")}`, "subscription_cycle", "paid", 9_900]),
  ]);
});

test("every step is told once, and each notice is a mail to the owner", async () => {
  const notices = await life.notices();
  expect(notices).toEqual([
    "01-17 subscription_started",
    "01-21 charged",
    "01-28 trial_ending",
    "01-31 invoice_paid",
    "01-31 usage_80",
    "02-12 charged",
    "02-12 usage_100",
    "02-12 usage_100",
    "02-26 renewal_coming",
    "02-28 invoice_paid",
    "03-20 usage_100",
    "03-29 renewal_coming",
    "03-31 invoice_paid",
    "04-12 invoice_paid",
    "04-12 subscription_changed",
    "04-28 renewal_coming",
    "04-30 invoice_paid",
    "05-20 refunded",
    "05-29 renewal_coming",
    "05-31 invoice_failed",
    "06-03 dunning_failed",
    "06-04 dunning_recovered",
    "06-28 renewal_coming",
    "06-30 invoice_paid",
    "07-29 renewal_coming",
    "07-31 subscription_changed",
    "07-31 invoice_paid",
    "08-15 charged",
    "08-15 usage_100",
    "08-29 renewal_coming",
    "08-31 invoice_paid",
    "09-28 renewal_coming",
    "09-30 invoice_paid",
    "10-10 subscription_ending",
    "10-29 renewal_coming",
    "10-31 invoice_paid",
    "11-20 usage_100",
    "11-20 usage_100",
    "11-28 renewal_coming",
    "11-30 invoice_paid",
    "12-29 renewal_coming",
    "12-31 invoice_paid",
    "01-10 subscription_ending",
    "01-31 subscription_ended",
    "02-10 usage_80",
  ]);
  const [unsent] = await sql`select count(*)::int as notices from notifications where sent_at is null`;
  expect(unsent).toEqual({ notices: 0 });
  const mails = await mailbox.to(OWNER);
  expect(mails).toHaveLength(notices.length);
});

test("every movement of money is in the list once, and its ledger entries sum to zero", async () => {
  const rows = await sql<{ text: string }[]>`
    select concat_ws(' ', number, type, status, source_kind, amount_minor, fee_minor) as text
    from transactions where tenant_id = ${life.scope.tenantId} order by number`;
  expect(rows.map(({ text }) => text)).toEqual([
    "TX-000001 payment succeeded recharge 61740 1740",
    "TX-000002 payment succeeded invoice 9900 0",
    "TX-000003 payment succeeded recharge 46308 1305",
    "TX-000004 payment succeeded invoice 9900 0",
    "TX-000005 payment succeeded invoice 9900 0",
    "TX-000006 payment succeeded invoice 12149 0",
    "TX-000007 payment succeeded invoice 29900 0",
    "TX-000008 refund succeeded refund -10290 -290",
    "TX-000009 payment succeeded invoice 29900 0",
    "TX-000010 payment succeeded invoice 29900 0",
    "TX-000011 payment succeeded invoice 9900 0",
    "TX-000012 payment succeeded recharge 59682 1682",
    ...[13, 14, 15, 16, 17].map((n) => `TX-0000${n} payment succeeded invoice 9900 0`),
  ]);
  const posted = await sql<{ text: string }[]>`
    select concat_ws(' ', to_char(t.created_at at time zone 'UTC', 'MM-DD'), t.kind,
      string_agg(e.account || ' ' || e.amount_minor, ', ' order by e.amount_minor, e.account)) as text
    from ledger_transactions t join ledger_entries e using (tenant_id, transaction_id)
    where tenant_id = ${life.scope.tenantId} group by t.transaction_id, t.created_at, t.kind order by 1`;
  expect(posted.map(({ text }) => text)).toEqual([
    "01-21 recharge stripe -61740, fee_revenue 1740, prepaid 60000",
    "01-31 invoice_payment stripe -9900, invoice_revenue 9900",
    "02-12 recharge stripe -46308, fee_revenue 1305, prepaid 45003",
    "02-12 usage prepaid -45003, usage_revenue 45003",
    "02-28 invoice_payment stripe -9900, invoice_revenue 9900",
    "03-20 usage prepaid -3000, usage_revenue 3000",
    "03-31 invoice_payment stripe -9900, invoice_revenue 9900",
    "04-12 invoice_payment stripe -12149, invoice_revenue 12149",
    "04-30 invoice_payment stripe -29900, invoice_revenue 29900",
    "05-20 refund prepaid -10000, fee_revenue -290, stripe 10290",
    "06-04 invoice_payment stripe -29900, invoice_revenue 29900",
    "06-30 invoice_payment stripe -29900, invoice_revenue 29900",
    "07-31 invoice_payment stripe -9900, invoice_revenue 9900",
    "08-15 recharge stripe -59682, fee_revenue 1682, prepaid 58000",
    "08-15 usage prepaid -45000, usage_revenue 45000",
    "08-31 invoice_payment stripe -9900, invoice_revenue 9900",
    "09-30 invoice_payment stripe -9900, invoice_revenue 9900",
    "10-31 invoice_payment stripe -9900, invoice_revenue 9900",
    "11-20 usage prepaid -1, usage_revenue 1",
    "11-20 usage prepaid -10000, usage_revenue 10000",
    "11-30 invoice_payment stripe -9900, invoice_revenue 9900",
    "12-31 invoice_payment stripe -9900, invoice_revenue 9900",
  ]);
});

test(
  "with every webhook once the rows of the first half-year are the same",
  async () => {
    const plain = await fourteenMonths(world, sql, null, "half");
    expect(plain.halfway).toEqual(life.halfway);
    expect(await world.failedRuns()).toEqual([]);
  },
  TELLING_MS,
);

test(
  "with every webhook lost the money of the first half-year is the same: what was missed is fetched",
  async () => {
    const again = await fourteenMonths(world, sql, { drop: 1_000_000 }, "half");
    expect(moneyOf(again.halfway)).toEqual(moneyOf(life.halfway));
    const books = await readBooks(sql, world.stripeSdk, again.scope.tenantId);
    expect(books).toMatchObject({ unbalanced: 0, wrongAccounts: 0, inLedger: books.atStripe, inList: books.atStripe });
    expect(await world.failedRuns()).toEqual([]);
  },
  TELLING_MS,
);
