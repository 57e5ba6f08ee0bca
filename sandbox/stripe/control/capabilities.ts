import { API_VERSION } from "../http/version";
import { TEST_BANKS } from "../instruments/test-banks";
import { TEST_CARDS } from "../instruments/test-cards";
import { ROUTES } from "../routes";

/** Where the stand-in is known to differ from Stripe. README.md says the same in more words. */
export const KNOWN_DIFFERENCES = [
  "Search is up to date at once; Stripe's index may lag by a minute.",
  "US bank debits settle after 4 business days of moved time, in UTC and without bank holidays; Stripe's test mode answers within minutes.",
  "A bank account given with verification_method `instant` from the browser counts as verified; there are no Financial Connections sessions.",
  "US bank accounts are saved by intents only, never by a plain attach.",
  "Balance transactions have the currency of the charge: there is no conversion and no surcharge for foreign cards.",
  "Dispute fees stay when a dispute is won.",
  "Events and webhooks are always rendered in the stand-in's own API version, whatever version an endpoint has.",
  "No rate limits, except those rehearsed through /_sandbox/faults.",
  "Cards with numbers that are not in the list below are declined as `test_mode_live_card`.",
  "confirmation_method `manual`, confirmation tokens, Connect, Link, wallets, subscriptions, invoices and payouts are not there yet.",
] as const;

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
    knownDifferences: KNOWN_DIFFERENCES,
  };
}
