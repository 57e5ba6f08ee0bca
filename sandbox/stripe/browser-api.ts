import type Stripe from "stripe";
import type { Account } from "./account";
import type { CustomerFeatures } from "./resources/customer-sessions/sessions";
import type { MethodData } from "./resources/payment-methods/parameters";

/** What a hosted page or a script of the stand-in asks for, already decoded. */
export interface BrowserRequest {
  method: string;
  /** Path and query as the browser sent them. */
  url: URL;
  /** Fields of a submitted form; empty for GET. */
  form: URLSearchParams;
  /** The stand-in's own address without a trailing slash. */
  publicUrl: string;
  /** The Accept-Language header, for hosted pages without a locale of their own. */
  language?: string;
}

export interface BrowserAnswer {
  status: number;
  headers: Record<string, string>;
  /** Bytes for what is not text, a PDF. */
  body: string | Uint8Array;
}

/** Answers a page or script address; `null` means the address is not one of the browser's. */
export type BrowserRoute = (request: BrowserRequest, stripe: BrowserApi) => Promise<BrowserAnswer | null>;

/** `microdeposits` leaves a bank account waiting for verification. */
export type Verification = "instant" | "microdeposits";

export type Intent = Stripe.SetupIntent | Stripe.PaymentIntent;

/** The error body Stripe would have sent, thrown by the operations below. */
export interface StripeErrorBody {
  type: string;
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
}

/**
 * What the browser side may do, without HTTP in between. Every operation throws a `StripeFailure` (see http/errors.ts)
 * whose `body` is a {@link StripeErrorBody} when Stripe would have answered with an error.
 */
export interface BrowserApi {
  readonly secretKey: string;
  readonly publishableKey: string;
  /** For pages about whole resources (subscriptions, invoices, checkout), which call those resources' own operations. */
  readonly account: Account;
  /** One request of a hosted page: one transaction, within which a failure that is an outcome is kept and then thrown; by the test clock of `subject`, an id. */
  act<R>(work: (account: Account) => R, subject?: string): R;
  /** The intent behind a client secret (`seti_…_secret_…` or `pi_…_secret_…`). */
  retrieveIntent(clientSecret: string): Intent;
  /** The customer's answer to 3-D Secure; returns the intent after it was settled. */
  completeChallenge(clientSecret: string, outcome: "success" | "fail"): Intent;
  /** What a customer session lets the Payment Element show and do. */
  customerFeatures(customerSessionSecret: string): CustomerFeatures;
  /** Takes a saved method away, where the customer session allows it. */
  removeSaved(customerSessionSecret: string, paymentMethodId: string): void;
  /** Puts a bank account that the customer picked on an intent, which then waits to be confirmed. */
  collectBank(clientSecret: string, bank: MethodData, verification: Verification): Intent;
  /** The methods a customer has attached, newest first. */
  listMethods(customerId: string): Stripe.PaymentMethod[];
  /** The default method of the customer, or null. */
  defaultMethod(customerId: string): string | null;
  /**
   * Saves a card or bank account through a real internal SetupIntent, bank accounts with a mandate. When 3-D Secure is wanted
   * the intent comes back with status `requires_action`: show the challenge, then `completeChallenge`.
   */
  attach(customerId: string, data: MethodData, verification?: Verification): Stripe.SetupIntent;
  /** Finishes a bank account that waits for micro-deposits. Amounts in cents, or the descriptor code `SM….` */
  verifyMicrodeposits(clientSecret: string, proof: { amounts: [number, number] } | { descriptorCode: string }): Intent;
  detach(paymentMethodId: string): void;
  /** Sets `invoice_settings.default_payment_method`; fires `customer.updated`. */
  setDefault(customerId: string, paymentMethodId: string): void;
}
