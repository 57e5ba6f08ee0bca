import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { cardByNumber } from "../../instruments/test-cards";
import { fingerprintOf } from "../../state/ids";
import { emit } from "../../webhooks/events";

/**
 * The bank has sent the customer a new card, and the networks tell Stripe: the same payment method goes on with other digits.
 * @see https://docs.stripe.com/payments/cards/overview#automatic-card-updates
 */
export function replaceCard(
  account: Account,
  method: Stripe.PaymentMethod,
  fresh: { number?: string | undefined; expMonth?: number | undefined; expYear?: number | undefined },
): Stripe.PaymentMethod {
  const { card } = method;
  if (!card) throw invalidRequest("Only cards are updated automatically.");
  const known = fresh.number === undefined ? undefined : cardByNumber(fresh.number);
  if (fresh.number !== undefined && !known) throw invalidRequest("The new number is not that of a test card.");
  if (known) account.tables.instruments.patch(method.id, { number: known.number });
  const updated = account.tables.paymentMethods.put({
    ...method,
    card: {
      ...card,
      ...(known && { fingerprint: fingerprintOf(known.number), last4: known.number.slice(-4) }),
      exp_month: fresh.expMonth ?? card.exp_month,
      exp_year: fresh.expYear ?? card.exp_year,
    },
  });
  emit(account, "payment_method.automatically_updated", updated, method);
  return updated;
}
