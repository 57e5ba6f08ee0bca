import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, type StripeFailure } from "../../http/errors";
import type { Call } from "../../http/route";
import { confirmPayment } from "../payment-intents/confirm";
import type { MethodData } from "../payment-methods/parameters";
import { confirmSetup } from "../setup-intents/confirm";
import { checkoutIntentMoved, completeSession } from "./complete";
import { type Answers, customerFor, withAnswers } from "./details";
import { pendingIntent } from "./intents";
import { checkOpen, checkoutBook, figuresOf, resolveSession } from "./session";

/** What the customer pays with. */
export type Means =
  | { payment_method: string }
  | { payment_method_data: MethodData; verification?: "instant" | "microdeposits" | undefined };

export interface PaidSession {
  session: Stripe.Checkout.Session;
  /** The intent, when it waits for 3-D Secure. */
  waiting: Stripe.PaymentIntent | Stripe.SetupIntent | null;
  failure: StripeFailure | null;
}

function withRedisplay(data: MethodData, redisplay: MethodData["allow_redisplay"]): MethodData {
  return { ...data, allow_redisplay: data.allow_redisplay ?? redisplay };
}

/**
 * The customer presses the button: everything the session is for is made and confirmed. A decline is returned, because what it
 * wrote down stays; the session stays open for another try.
 * @param means null when nothing is due
 * @param save the customer ticked that the method may be kept and shown again
 */
export function paySession(
  account: Account,
  id: string,
  answers: Answers,
  means: Means | null,
  save: boolean,
  call: Call,
): PaidSession {
  const open = resolveSession(account, id);
  checkOpen(open, "paid");
  const book = checkoutBook(account, id);
  const customer = customerFor(account, open, book, answers);
  const answered = account.tables.checkoutSessions.put({
    ...withAnswers(open, customer, answers),
    customer: customer?.id ?? null,
  });
  const figures = answered.mode === "setup" ? null : figuresOf(account, answered);
  const { session, intent } = pendingIntent(account, answered, customer, figures, call);
  if (!intent) return { session: completeSession(account, session, null), waiting: null, failure: null };
  if (!means)
    throw invalidRequest("A payment method is needed to complete this Checkout Session.", { param: "payment_method" });
  const redisplay = save ? "always" : (book.given.payment_method_data?.allow_redisplay ?? "limited");
  const returnUrl = `${account.publicUrl}/c/pay/${id}`;
  const given =
    "payment_method" in means
      ? { payment_method: means.payment_method, return_url: returnUrl }
      : {
          payment_method_data: withRedisplay(means.payment_method_data, redisplay),
          return_url: returnUrl,
          ...(means.verification && {
            payment_method_options: { us_bank_account: { verification_method: means.verification } },
          }),
        };
  const { intent: after, failure } =
    intent.object === "setup_intent"
      ? confirmSetup(account, intent, given, call)
      : confirmPayment(
          account,
          intent,
          {
            ...given,
            ...(save && !intent.setup_future_usage && customer && { setup_future_usage: "on_session" as const }),
          },
          call,
        );
  if (!failure) checkoutIntentMoved(account, after);
  const now = resolveSession(account, id);
  const waits = after.status === "requires_action" && now.status === "open";
  return { session: now, waiting: waits ? after : null, failure };
}
