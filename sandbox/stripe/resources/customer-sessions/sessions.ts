import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import type { Row } from "../../state/table";
import { detachMethod } from "../payment-methods/attach";
import { inTimeOf } from "../test-clocks/subject";

/** A customer session, found by its secret. */
export interface CustomerSessionRow extends Row {
  session: Stripe.CustomerSession;
}

const KEPT_SECONDS = 86_400;

/** Remembers a session for the browser; those that are over are forgotten. */
export function keepSession(account: Account, session: Stripe.CustomerSession): void {
  const { customerSessions } = account.tables;
  for (const { id, session: old } of customerSessions.oldestFirst()) {
    if (old.expires_at >= account.worldMs() / 1000 - KEPT_SECONDS) break;
    customerSessions.delete(id);
  }
  customerSessions.put({ id: session.client_secret, session });
}

/** A method as the Payment Element may show it: nothing of the merchant's notes. */
export type SavedMethod = Pick<
  Stripe.PaymentMethod,
  "id" | "type" | "allow_redisplay" | "billing_details" | "card" | "us_bank_account"
>;

/** What the Payment Element is told of a customer session. */
export interface CustomerFeatures {
  methods: SavedMethod[];
  save: boolean;
  remove: boolean;
  saveUsage: "off_session" | "on_session";
}

function sessionOf(account: Account, secret: string): Stripe.CustomerSession {
  const row = account.tables.customerSessions.get(secret);
  const now = row && inTimeOf(account, String(row.session.customer), () => account.nowUnix());
  if (!row || !now || row.session.expires_at < now)
    throw invalidRequest(
      "The customer session client secret provided does not match any customer session on this account, or the session has expired.",
      { code: "customer_session_expired", param: "customer_session_client_secret" },
    );
  return row.session;
}

function hasExpired({ card }: Stripe.PaymentMethod, account: Account): boolean {
  const today = new Date(account.nowMs());
  return (
    card !== undefined && card.exp_year * 12 + card.exp_month < today.getUTCFullYear() * 12 + today.getUTCMonth() + 1
  );
}

/** What a session lets the Payment Element show and do. @throws StripeFailure 400 for an unknown or expired session */
export function featuresOf(account: Account, secret: string): CustomerFeatures {
  const session = sessionOf(account, secret);
  const features = session.components?.payment_element.features;
  const filters: string[] = features?.payment_method_allow_redisplay_filters ?? [];
  const methods =
    features?.payment_method_redisplay === "enabled"
      ? [...account.tables.paymentMethods.whose("customer", String(session.customer)).newestFirst()]
          .filter((method) => filters.includes(method.allow_redisplay ?? "unspecified") && !hasExpired(method, account))
          .slice(0, features.payment_method_redisplay_limit ?? 10)
      : [];
  return {
    methods: methods.map(({ id, type, allow_redisplay, billing_details, card, us_bank_account }) => ({
      id,
      type,
      ...(allow_redisplay && { allow_redisplay }),
      billing_details,
      ...(card && { card }),
      ...(us_bank_account && { us_bank_account }),
    })),
    save: features?.payment_method_save === "enabled",
    remove: features?.payment_method_remove === "enabled",
    saveUsage: features?.payment_method_save_usage === "off_session" ? "off_session" : "on_session",
  };
}

/** Takes a method away from the session's customer. @throws StripeFailure 400 when the session does not allow it */
export function removeMethod(account: Account, secret: string, methodId: string): void {
  const { methods, remove } = featuresOf(account, secret);
  if (!remove || !methods.some(({ id }) => id === methodId))
    throw invalidRequest("The customer session does not allow this payment method to be removed.", {
      param: "payment_method",
    });
  detachMethod(account, methodId);
}
