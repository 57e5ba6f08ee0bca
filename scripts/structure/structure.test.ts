import { describe, expect, test } from "vitest";
import { brokenImports } from "./import-law";
import { unequalMessages } from "./messages";
import { badNames } from "./names";
import { brokenRules } from "./rules";

const file = (name: string, text: string) => [{ file: name, text }];
const imports = (name: string, text: string) => brokenImports(file(name, text));

describe("import law", () => {
  test.each([
    ["app/page.tsx", 'import { systemDb } from "@/db/client";', "lib/<concept>/queries"],
    ["app/(billing)/page.tsx", 'import {\n  a,\n  b,\n} from "../../sandbox/mail/store";', "stand-ins"],
    ["components/balance/card.tsx", 'import x from "@/app/(billing)/x";', "_components"],
    ["lib/recharge/execute.ts", 'import { fn } from "@/inngest/functions/recharge";', "events only"],
    ["lib/recharge/execute.ts", 'import Stripe from "stripe";', "lib/stripe"],
    ["lib/recharge/execute.ts", 'const s = await import("stripe");', "lib/stripe"],
    ["lib/money/fees.ts", 'import { now } from "../clock";', "imports nothing"],
    ["db/client.ts", 'import { decide } from "@/lib/recharge/decide";', "belongs into lib"],
    ["inngest/functions/sweep.ts", 'export { systemDb } from "@/db/client";', "calls lib"],
  ])("%s may not: %s", (name, text, home) => {
    expect(imports(name, text)).toEqual([expect.stringContaining(home)]);
  });

  test.each([
    ["app/page.tsx", 'import { readBalance } from "@/lib/balance/queries";'],
    ["app/page.tsx", 'import type { Tx } from "@/db/client";'],
    ["lib/webhooks/sync.ts", 'import type Stripe from "stripe";'],
    ["lib/webhooks/sync.ts", 'import { type Stripe } from "stripe";'],
    ["lib/stripe/client.ts", 'import Stripe from "stripe";'],
    ["lib/money/fees.ts", 'import { minor } from "./minor";'],
    ["lib/balance/debit.ts", 'import { inngest } from "@/inngest/client";'],
    ["lib/balance/debit.db.test.ts", 'import { startStripe } from "@/sandbox/stripe/server";'],
    ["app/api/inngest/route.ts", 'import { functions } from "@/inngest";'],
    ["sandbox/demo.ts", 'import { migrate } from "@/db/migrate";'],
  ])("%s may: %s", (name, text) => {
    expect(imports(name, text)).toEqual([]);
  });
});

test("names that say nothing, services, barrels and long files are refused", () => {
  expect(badNames(file("lib/balance/utils.ts", ""))).toHaveLength(1);
  expect(badNames(file("components/common/box.tsx", ""))).toHaveLength(1);
  expect(badNames(file("lib/balance/service.ts", ""))).toHaveLength(1);
  expect(badNames(file("lib/balance/balanceReader.ts", ""))).toHaveLength(1);
  expect(badNames(file("lib/balance/index.ts", ""))).toHaveLength(1);
  expect(badNames(file("lib/balance/debit.ts", "x\n".repeat(401)))).toHaveLength(1);
  expect(badNames(file("lib/balance/debit.ts", "export class BalanceService {}"))).toHaveLength(1);
  expect(badNames(file("lib/payment-methods/set-default.db.test.ts", ""))).toEqual([]);
  expect(badNames(file("inngest/index.ts", ""))).toEqual([]);
});

test("the clock and the ledger have one door each", () => {
  expect(brokenRules(file("lib/recharge/claim.ts", "\nconst at = new Date();"))).toEqual([
    expect.stringContaining("claim.ts:2"),
  ]);
  expect(brokenRules(file("app/page.tsx", "Date.now()"))).toHaveLength(1);
  expect(brokenRules(file("lib/clock.ts", "Date.now()"))).toEqual([]);
  expect(brokenRules(file("lib/recharge/claim.ts", "const at = new Date(value); // new Date(x)"))).toEqual([]);
  expect(brokenRules(file("lib/balance/debit.ts", "await tx.insert(ledgerEntries).values(x)"))).toHaveLength(1);
  expect(brokenRules(file("lib/balance/debit.ts", "sql`INSERT INTO ledger_entries values (1)`"))).toHaveLength(1);
  expect(brokenRules(file("lib/ledger/post.ts", "await tx.insert(ledgerEntries).values(x)"))).toEqual([]);
});

test("both languages have the same texts with the same values", () => {
  const en = { a: { title: "Hello {name}", days: "{count, plural, one {# day} other {days}}" }, only: "x" };
  const zh = { a: { title: "你好 {user}", days: "{count, plural, other {天}}" } };
  expect(unequalMessages(en, zh)).toEqual([
    "messages/zh-CN lacks only",
    "messages: a.title takes other values in each language",
  ]);
});
