import type Stripe from "stripe";
import type { CreateInput } from "./parameters";

type Given = CreateInput["payment_method_options"];
type Bank = NonNullable<Given>["us_bank_account"];

function bankOptions(bank: Bank): Stripe.PaymentIntent.PaymentMethodOptions.UsBankAccount {
  const connections = bank?.financial_connections;
  const usage = bank?.setup_future_usage;
  return {
    ...(connections && {
      financial_connections: {
        ...(connections.filters && { filters: connections.filters }),
        ...(connections.permissions && { permissions: connections.permissions }),
        prefetch: connections.prefetch ?? null,
        ...(connections.return_url && { return_url: connections.return_url }),
      } as Stripe.PaymentIntent.PaymentMethodOptions.UsBankAccount.FinancialConnections,
    }),
    ...(bank?.mandate_options && { mandate_options: { collection_method: "paper" as const } }),
    ...(usage && { setup_future_usage: usage }),
    verification_method: bank?.verification_method ?? "automatic",
  };
}

/** The options Stripe answers for the types an intent offers. */
export function methodOptionsOf(types: string[], given: Given): Stripe.PaymentIntent.PaymentMethodOptions {
  const card = given?.card;
  return {
    ...(types.includes("card") && {
      card: {
        ...(card?.capture_method && { capture_method: card.capture_method }),
        installments: null,
        mandate_options: null,
        network: card?.network ?? null,
        ...(card?.request_multicapture && { request_multicapture: card.request_multicapture }),
        request_three_d_secure: card?.request_three_d_secure ?? "automatic",
        ...(card?.require_cvc_recollection && { require_cvc_recollection: card.require_cvc_recollection }),
        ...(card?.setup_future_usage && { setup_future_usage: card.setup_future_usage }),
      },
    }),
    ...(types.includes("us_bank_account") && { us_bank_account: bankOptions(given?.us_bank_account) }),
  };
}
