import { expect, test } from "vitest";
import { toMinor } from "@/lib/money/minor";
import type { BalanceOverview } from "@/lib/recharge/types";
import { attentionOf } from "./attention";

const overview = (balance: number, held: number) =>
  ({
    balanceMinor: toMinor(balance),
    heldMinor: toMinor(held),
    availableMinor: toMinor(balance - held),
    rule: { enabled: true, minMinor: toMinor(15_000) },
    reason: "balance_not_low",
    lastAttempt: null,
  }) as BalanceOverview;
const kinds = (of: BalanceOverview) => attentionOf(of, []).map((item) => item.kind);

test("holds above the balance are said, unless the balance below zero says it by itself", () => {
  expect(kinds(overview(20_000, 20_000))).toEqual([]);
  expect(kinds(overview(20_000, 20_001))).toEqual(["overheld"]);
  expect(kinds(overview(-1, 500))).toEqual([]);
});
