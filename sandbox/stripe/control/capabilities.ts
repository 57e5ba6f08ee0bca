import { API_VERSION } from "../http/version";
import { TEST_BANKS } from "../instruments/test-banks";
import { TEST_CARDS } from "../instruments/test-cards";
import { ROUTES } from "../routes";
import { BEHAVIOURS } from "./behaviours/all";

/** Whole parts of Stripe that the stand-in does not play. */
const NOT_THERE = [
  "Connect, top-ups, transfers, Issuing, Terminal, Treasury, Identity, Radar, Tax, Sigma and reports are not there.",
  "Link and wallets, cash balances, quotes, subscription schedules and payment links are not there.",
  "US bank accounts are saved by intents only, never by a plain attach.",
] as const;

/** Where the stand-in is known to differ from Stripe. README.md shows the same as tables. */
export const KNOWN_DIFFERENCES: string[] = [
  ...BEHAVIOURS.flatMap(({ rule, differs }) => (differs === null ? [] : [`${rule}: ${differs}.`])),
  ...NOT_THERE,
];

/** What the stand-in can do, for programs and for people. */
export function capabilities() {
  return {
    kind: "stand-in, not Stripe",
    apiVersion: API_VERSION,
    routes: ROUTES.map((route) => `${route.method} /${route.pattern.join("/")}`),
    testCards: TEST_CARDS.map(({ number, names }) => ({
      number,
      paymentMethods: names.map((name) => `pm_card_${name}`),
    })),
    testBankAccounts: TEST_BANKS.map(({ number, name }) => ({ number, paymentMethod: `pm_usBankAccount_${name}` })),
    behaviours: BEHAVIOURS,
    knownDifferences: KNOWN_DIFFERENCES,
  };
}
