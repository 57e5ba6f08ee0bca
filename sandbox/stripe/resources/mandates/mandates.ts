import type Stripe from "stripe";
import type { z } from "zod";
import type { Account } from "../../account";
import { resourceMissing } from "../../http/errors";
import { boolean, integer, oneOf, strict, text } from "../../http/parameters";
import { type Call, route } from "../../http/route";
import { instrumentOf } from "../../instruments/instrument";
import { newId } from "../../state/ids";
import { emit } from "../../webhooks/events";

/** `mandate_data`: how the customer agreed to be debited. */
export const mandateData = strict({
  customer_acceptance: strict({
    accepted_at: integer.optional(),
    offline: strict({}).optional(),
    online: strict({
      ip_address: text.optional(),
      user_agent: text.optional(),
      infer_from_client: boolean.optional(),
    }).optional(),
    type: oneOf("offline", "online"),
  }),
});

/**
 * The acceptance an intent's confirmation carries. A browser that shows the bank form shows the mandate too, so its own
 * address stands in when it sends none.
 */
export function acceptanceOf(
  account: Account,
  given: z.output<typeof mandateData> | null | undefined,
  call: Call,
): Stripe.Mandate.CustomerAcceptance | null {
  if (!given && !call.publishable) return null;
  const { type = "online", accepted_at, online } = given?.customer_acceptance ?? {};
  const accepted = { accepted_at: accepted_at ?? account.nowUnix(), type };
  if (type === "offline") return { ...accepted, offline: {} };
  return {
    ...accepted,
    online: { ip_address: online?.ip_address ?? call.ipAddress, user_agent: online?.user_agent ?? call.userAgent },
  };
}

function detailsOf(account: Account, method: string): Stripe.Mandate.PaymentMethodDetails {
  if (instrumentOf(account, method).kind !== "sepa_debit") return { type: "us_bank_account", us_bank_account: {} };
  const reference = newId("ref").slice(4, 20).toUpperCase();
  return { type: "sepa_debit", sepa_debit: { reference, url: account.publicUrl } };
}

/** A standing authorisation to debit the bank account, or for one payment only. */
export function createMandate(
  account: Account,
  method: string,
  acceptance: Stripe.Mandate.CustomerAcceptance,
  single?: Stripe.Mandate.SingleUse,
): Stripe.Mandate {
  const mandate = {
    id: newId("mandate"),
    object: "mandate",
    customer_acceptance: acceptance,
    livemode: false,
    ...(single ? { single_use: single } : { multi_use: {} }),
    payment_method: method,
    payment_method_details: detailsOf(account, method),
    status: "active",
    type: single ? "single_use" : "multi_use",
  } satisfies Stripe.Mandate;
  account.tables.mandates.put(mandate);
  account.tables.instruments.patch(method, { mandate: mandate.id });
  return mandate;
}

/** What a return that says "do not debit again" does. */
export function deactivateMandate(account: Account, id: string): void {
  const mandate = account.tables.mandates.get(id);
  if (!mandate || mandate.status === "inactive") return;
  const inactive = account.tables.mandates.put({ ...mandate, status: "inactive" });
  emit(account, "mandate.updated", inactive, mandate);
}

export const mandateRoutes = [
  route("GET /v1/mandates/:id", {
    handle(account, _, call) {
      const mandate = account.tables.mandates.get(call.path.id ?? "");
      if (!mandate) throw resourceMissing("mandate", call.path.id ?? "", "mandate");
      return mandate;
    },
  }),
];
