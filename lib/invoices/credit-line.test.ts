import { expect, test } from "vitest";
import { toCurrency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import { creditLineOf } from "./credit-line";

test.each([
  ["nothing", 0, 2_900, "USD", null],
  ["paid from credit", 2_900, 2_900, "USD", "fromCredit"],
  ["a cent of it", 1, 2_900, "USD", "fromCredit"],
  ["less than nothing becomes credit", -9_580, -9_580, "USD", "toCredit"],
  ["owed from before", -5, 8_995, "KWD", "fromBefore"],
  ["less than ten fils", 5, 13_075, "KWD", "toNext"],
])("%s", (_, fromCredit, total, code, line) => {
  expect(
    creditLineOf({ fromCreditMinor: toMinor(fromCredit), totalMinor: toMinor(total), currency: toCurrency(code) }),
  ).toBe(line);
});
