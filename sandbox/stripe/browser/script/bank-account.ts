import { intentIdOf } from "../api-client";
import type { ConfirmParams } from "../protocol";
import { dialogQuery, showDialog } from "./challenge";
import type { Confirmation, IntentResult } from "./confirm";
import { IntegrationError } from "./integration-error";

export interface CollectArguments {
  clientSecret: string;
  params: {
    payment_method_type?: string;
    payment_method_data?: { billing_details?: { name?: string; email?: string } };
  };
}

/**
 * collectBankAccountForSetup and …ForPayment: the customer picks an account at the test bank, and the intent then waits to be
 * confirmed. Closing the dialog leaves the intent as it was.
 */
export async function collectBankAccount(
  base: string,
  locale: string,
  confirmation: Confirmation,
  { clientSecret, params }: CollectArguments,
): Promise<IntentResult> {
  const name = params.payment_method_data?.billing_details?.name;
  if (params.payment_method_type !== "us_bank_account")
    throw new IntegrationError("params.payment_method_type must be us_bank_account.");
  if (!name) throw new IntegrationError("params.payment_method_data.billing_details.name is required.");
  const query = dialogQuery(clientSecret, locale);
  query.set("name", name);
  const email = params.payment_method_data?.billing_details?.email;
  if (email) query.set("email", email);
  const path = `/bank-account/${encodeURIComponent(intentIdOf(clientSecret))}?${query}`;
  await showDialog(base, path, { frame: "stripe-bank-frame", title: "Link your bank account", height: "560px" });
  return confirmation.retrieveIntent(clientSecret);
}

/** confirmUsBankAccountSetup and …Payment: confirms with the account that was collected, or with a given method. */
export function confirmBankSetup(
  confirmation: Confirmation,
  clientSecret: string,
  given: ConfirmParams,
): Promise<IntentResult> {
  const mandate_data = given.mandate_data ?? {
    customer_acceptance: { type: "online", online: { infer_from_client: true } },
  };
  return confirmation.confirm({
    clientSecret,
    confirmParams: { ...given, mandate_data },
    redirect: "if_required",
  });
}
