import type Stripe from "stripe";
import type { z } from "zod";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { address, clearableText, oneOf, strict, text } from "../../http/parameters";
import type { Call } from "../../http/route";
import { newId } from "../../state/ids";
import type { Row } from "../../state/table";
import { acceptanceOf, mandateData } from "../mandates/mandates";
import { wholeAddress } from "../payment-methods/build";
import { chosenMethod } from "../payment-methods/choose";
import { paymentMethodData } from "../payment-methods/parameters";

const EXPIRES_AFTER_SECONDS = 12 * 3_600;

export const tokenParameters = {
  payment_method: text.optional(),
  payment_method_data: paymentMethodData.optional(),
  payment_method_options: strict({}).optional(),
  return_url: text.optional(),
  setup_future_usage: oneOf("off_session", "on_session").optional(),
  shipping: strict({ address, name: text, phone: clearableText.optional() }).optional(),
};
/** What Stripe.js may send besides. */
export const browserTokenParameters = { ...tokenParameters, mandate_data: mandateData.optional() };

type Given = z.output<z.ZodObject<typeof browserTokenParameters>>;

/** The method and the consent that a token stands for, which nobody sees until it is used; its id is the token's. */
export interface TokenContents extends Row {
  method: string;
  acceptance: Stripe.Mandate.CustomerAcceptance | null;
}

/** What the page collected, in one object that a server can confirm with. @throws StripeFailure 400 without a method */
export function createToken(account: Account, given: Given, call: Call): Stripe.ConfirmationToken {
  const method = chosenMethod(account, null, given, call);
  if (!method)
    throw invalidRequest("Missing required param: payment_method_data.", {
      code: "parameter_missing",
      param: "payment_method_data",
    });
  const acceptance = acceptanceOf(account, given.mandate_data, call);
  const { id: _id, object: _object, created: _created, livemode: _livemode, metadata: _metadata, ...preview } = method;
  const token = {
    id: newId("ctoken"),
    object: "confirmation_token",
    created: account.nowUnix(),
    expires_at: account.nowUnix() + EXPIRES_AFTER_SECONDS,
    livemode: false,
    ...(acceptance?.online && {
      mandate_data: { customer_acceptance: { online: acceptance.online, type: acceptance.type } },
    }),
    metadata: null,
    payment_intent: null,
    payment_method_options: null,
    payment_method_preview: preview as Stripe.ConfirmationToken.PaymentMethodPreview,
    return_url: given.return_url ?? null,
    setup_future_usage: given.setup_future_usage ?? null,
    setup_intent: null,
    shipping: given.shipping
      ? {
          address: wholeAddress(given.shipping.address),
          name: given.shipping.name,
          phone: given.shipping.phone ?? null,
        }
      : null,
    use_stripe_sdk: call.publishable,
  } satisfies Stripe.ConfirmationToken;
  account.tables.tokenContents.put({ id: token.id, method: method.id, acceptance });
  return account.tables.confirmationTokens.put(token);
}

export function existingToken(account: Account, id: string): Stripe.ConfirmationToken {
  const token = account.tables.confirmationTokens.get(id);
  if (!token) throw resourceMissing("confirmationtoken", id, "confirmation_token");
  return token;
}

/**
 * Uses a token up for an intent.
 * @throws StripeFailure 400 when it was used before or is too old
 */
export function redeemToken(
  account: Account,
  id: string,
  intent: Stripe.PaymentIntent | Stripe.SetupIntent,
): { token: Stripe.ConfirmationToken; contents: TokenContents } {
  const token = existingToken(account, id);
  const contents = account.tables.tokenContents.get(id);
  const usedBy = token.payment_intent ?? token.setup_intent;
  if (!contents || (usedBy && usedBy !== intent.id))
    throw invalidRequest(
      `The ConfirmationToken (${id}) has already been used. Create a new ConfirmationToken to confirm this intent.`,
      { param: "confirmation_token" },
    );
  if ((token.expires_at ?? 0) <= account.nowUnix())
    throw invalidRequest(`The ConfirmationToken (${id}) has expired. Create a new ConfirmationToken.`, {
      param: "confirmation_token",
    });
  const used = account.tables.confirmationTokens.patch(
    id,
    intent.object === "payment_intent" ? { payment_intent: intent.id } : { setup_intent: intent.id },
  );
  return { token: used, contents };
}

/** The parameters of a confirmation with those of its token, which may not be given twice. @throws StripeFailure 400 */
export function withToken<
  G extends {
    confirmation_token?: string | undefined;
    payment_method?: string | undefined;
    payment_method_data?: unknown;
    return_url?: string | undefined;
    use_stripe_sdk?: boolean | undefined;
  },
>(
  account: Account,
  intent: Stripe.PaymentIntent | Stripe.SetupIntent,
  given: G,
): { given: G; token: Stripe.ConfirmationToken | null; acceptance: Stripe.Mandate.CustomerAcceptance | null } {
  if (!given.confirmation_token) return { given, token: null, acceptance: null };
  const twice = (["payment_method", "payment_method_data"] as const).find((name) => given[name] !== undefined);
  if (twice) throw invalidRequest(`You cannot provide both \`confirmation_token\` and \`${twice}\`.`, { param: twice });
  const { token, contents } = redeemToken(account, given.confirmation_token, intent);
  return {
    given: {
      ...given,
      payment_method: contents.method,
      return_url: given.return_url ?? token.return_url ?? undefined,
      use_stripe_sdk: given.use_stripe_sdk ?? token.use_stripe_sdk,
    },
    token,
    acceptance: contents.acceptance,
  };
}
