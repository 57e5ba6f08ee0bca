import type Stripe from "stripe";
import type { Account } from "../../account";
import type { Call } from "../../http/route";
import { refusePaymentMethodTypes } from "../../http/version";
import { idOf } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { refuseForInvoice } from "../invoices/intents";
import { methodTypesFor } from "../method-types";
import { checkUsable, resolveCustomer } from "../payment-methods/attach";
import { chosenMethod } from "../payment-methods/choose";
import { checkAmount, readCurrency, shippingOf } from "./build";
import { unexpectedState } from "./confirm";
import { methodOptionsOf } from "./method-options";
import type { UpdateInput } from "./parameters";

/** What may still change once the money has moved. */
const ALWAYS_CHANGEABLE = new Set(["description", "metadata", "receipt_email", "shipping", "transfer_group"]);

function checkChangeable(intent: Stripe.PaymentIntent, given: UpdateInput): void {
  if (["requires_payment_method", "requires_confirmation", "requires_action"].includes(intent.status)) return;
  const refused = Object.entries(given).find(([name, value]) => value !== undefined && !ALWAYS_CHANGEABLE.has(name));
  if (refused)
    throw unexpectedState(
      intent,
      `This PaymentIntent's ${refused[0]} could not be updated because it has a status of ${intent.status}. You may only update the ${refused[0]} of a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation, requires_action.`,
    );
}

/** `POST /v1/payment_intents/:id`. A new method on a waiting intent makes it wait for confirmation again. */
export function updatePayment(
  account: Account,
  intent: Stripe.PaymentIntent,
  given: UpdateInput,
  call: Call,
): Stripe.PaymentIntent {
  checkChangeable(intent, given);
  refusePaymentMethodTypes(call.version, given.payment_method_types);
  if (given.customer) resolveCustomer(account, given.customer);
  const currency = given.currency === undefined ? intent.currency : readCurrency(given.currency);
  const amount = given.amount ?? intent.amount;
  if (given.amount !== undefined || given.currency !== undefined) {
    refuseForInvoice(account, intent, "update");
    checkAmount(amount, currency);
  }
  const customer = given.customer ?? idOf(intent.customer);
  const method = given.payment_method || given.payment_method_data ? chosenMethod(account, null, given, call) : null;
  if (method) checkUsable(account, method, customer);
  const allowed = given.allowed_payment_method_types ?? intent.allowed_payment_method_types;
  const excluded =
    given.excluded_payment_method_types === undefined
      ? intent.excluded_payment_method_types
      : given.excluded_payment_method_types;
  const types = methodTypesFor(
    {
      allowed_payment_method_types: allowed,
      excluded_payment_method_types: excluded,
      payment_method_types: given.payment_method_types,
    },
    currency,
  );
  const plain = {
    description: given.description,
    receipt_email: given.receipt_email,
    statement_descriptor: given.statement_descriptor,
    statement_descriptor_suffix: given.statement_descriptor_suffix,
    transfer_group: given.transfer_group,
    capture_method: given.capture_method,
    setup_future_usage: given.setup_future_usage,
  };
  return account.tables.paymentIntents.put({
    ...intent,
    ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
    allowed_payment_method_types: allowed,
    excluded_payment_method_types: excluded,
    amount,
    currency,
    customer,
    metadata: mergeMetadata(intent.metadata, given.metadata),
    ...(given.payment_method_options && {
      payment_method_options: methodOptionsOf(types, given.payment_method_options),
    }),
    payment_method_types: types,
    ...(given.shipping !== undefined && { shipping: shippingOf(given.shipping) }),
    ...(method && { payment_method: method.id, next_action: null, status: "requires_confirmation" }),
  });
}
