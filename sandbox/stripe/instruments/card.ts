import type { Decline } from "./declines";

/** When a card wants the customer to authenticate with 3-D Secure. */
export type Authentication =
  | "never"
  /** Supported, asked only when the merchant requests it. */
  | "optional"
  /** Always on-session; off-session too, unless it was set up. */
  | "unless_set_up"
  /** Every payment, however it was set up. */
  | "always"
  /** On-session only: off-session it counts as set up already. */
  | "on_session_only";

/** Details of a card that the bank compares with its own. */
export type CheckedDetail = "address_line1_check" | "address_postal_code_check" | "cvc_check";

export interface TestCard {
  number: string;
  /** Names of payment methods that mint this card, less `pm_card_`. */
  names: readonly string[];
  brand: string;
  /** A second network the card can be charged over. */
  coBrand?: string;
  funding: "credit" | "debit" | "prepaid";
  country: string;
  authentication: Authentication;
  /** Why it can neither be saved nor charged. */
  decline?: Decline;
  /** Why a charge fails although the card can be saved. */
  chargeDecline?: Decline;
  riskLevel: "normal" | "elevated" | "highest";
  dispute?: "fraudulent" | "product_not_received" | "inquiry";
  /** What the bank says to details it is asked to compare; otherwise they pass. */
  checks?: Partial<Record<CheckedDetail, "fail" | "unavailable">>;
  refund?: "pending" | "fails";
  /** Charges go to the available balance at once. */
  bypassPending?: boolean;
}

/** @param names of its payment methods, separated by spaces; some cards can only be typed in */
export function card(number: string, names: string, traits: Partial<TestCard> = {}): TestCard {
  return {
    number,
    names: names === "" ? [] : names.split(" "),
    brand: "visa",
    funding: "credit",
    country: "US",
    authentication: "never",
    riskLevel: "normal",
    ...traits,
  };
}
