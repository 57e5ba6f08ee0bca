import { BRAND_CARDS } from "./brand-cards";
import type { TestCard } from "./card";
import { COUNTRY_CARDS } from "./country-cards";
import { SCENARIO_CARDS } from "./scenario-cards";

export type { TestCard } from "./card";

/** @see https://docs.stripe.com/testing */
export const TEST_CARDS: readonly TestCard[] = [...BRAND_CARDS, ...COUNTRY_CARDS, ...SCENARIO_CARDS];

const BY_NUMBER = new Map(TEST_CARDS.map((entry) => [entry.number, entry]));
const BY_NAME = new Map(TEST_CARDS.flatMap((entry) => entry.names.map((name) => [name, entry] as const)));

export function cardByNumber(number: string): TestCard | undefined {
  return BY_NUMBER.get(number);
}

/** @param literal `pm_card_visa`, or the older `tok_visa` */
export function cardByLiteral(literal: string): TestCard | undefined {
  return BY_NAME.get(literal.replace(/^(pm_card_|tok_)/, ""));
}

/** Check digit of a card number (ISO/IEC 7812-1). */
export function passesLuhn(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false;
  const sum = [...number].reverse().reduce((total, digit, position) => {
    const doubled = Number(digit) * (position % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
