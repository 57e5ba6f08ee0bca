import type Stripe from "stripe";
import type { Account } from "./account";
import type { BrowserApi, Verification } from "./browser-api";
import { IN_BROWSER, inBrowser } from "./browser-call";
import { invalidRequest, resourceMissing, type StripeFailure } from "./http/errors";
import { intentOfSecret } from "./resources/challenges";
import { featuresOf, removeMethod } from "./resources/customer-sessions/sessions";
import { answerPaymentChallenge, verifyPaymentDeposits } from "./resources/payment-intents/finish";
import { detachMethod, resolveCustomer } from "./resources/payment-methods/attach";
import { mintFromData } from "./resources/payment-methods/mint";
import type { MethodData } from "./resources/payment-methods/parameters";
import { confirmSetup } from "./resources/setup-intents/confirm";
import { answerSetupChallenge, verifySetupDeposits } from "./resources/setup-intents/finish";
import { createSetup } from "./resources/setup-intents/routes";
import { emit } from "./webhooks/events";

/** Saves a method the way the hosted pages do. A decline is written down first and thrown then. */
function save(account: Account, customer: string, data: MethodData, verification?: Verification): Stripe.SetupIntent {
  const { intent, failure } = account.store.transaction(() => {
    const created = createSetup(account, { customer, usage: "off_session" }, IN_BROWSER);
    const options = verification && { us_bank_account: { verification_method: verification } };
    return confirmSetup(account, created, { payment_method_data: data, payment_method_options: options }, IN_BROWSER);
  });
  if (failure) throw failure;
  return intent;
}

/** What the scripts, frames and hosted pages of the stand-in may do with the account. */
export function browserOperations(account: Account): BrowserApi {
  return {
    ...account.keys,
    account,
    act: (work, subject) => inBrowser(account, work, subject),
    customerFeatures: (secret) => featuresOf(account, secret),
    removeSaved: (secret, method) => account.store.transaction(() => removeMethod(account, secret, method)),
    collectBank(clientSecret, bank, verification) {
      return account.store.transaction(() => {
        const intent = intentOfSecret(account, clientSecret);
        if (!["requires_payment_method", "requires_confirmation"].includes(intent.status))
          throw invalidRequest(`A bank account cannot be collected in the status ${intent.status}.`);
        const { id } = mintFromData(account, bank, "browser", verification === "instant");
        const members = { payment_method: id, status: "requires_confirmation" as const };
        return intent.object === "setup_intent"
          ? account.tables.setupIntents.patch(intent.id, members)
          : account.tables.paymentIntents.patch(intent.id, members);
      });
    },
    retrieveIntent: (clientSecret) => intentOfSecret(account, clientSecret),
    completeChallenge(clientSecret, outcome) {
      return account.store.transaction(() => {
        const intent = intentOfSecret(account, clientSecret);
        const passed = outcome === "success";
        return intent.object === "setup_intent"
          ? answerSetupChallenge(account, intent, passed)
          : answerPaymentChallenge(account, intent, passed);
      });
    },
    listMethods: (customerId) => [...account.tables.paymentMethods.whose("customer", customerId).newestFirst()],
    defaultMethod(customerId) {
      const method = resolveCustomer(account, customerId).invoice_settings.default_payment_method;
      return typeof method === "string" ? method : null;
    },
    attach: (customerId, data, verification) => save(account, customerId, data, verification),
    verifyMicrodeposits(clientSecret, proof) {
      const given = "amounts" in proof ? { amounts: proof.amounts } : { descriptor_code: proof.descriptorCode };
      const result = account.store.transaction(
        (): { intent: Stripe.SetupIntent | Stripe.PaymentIntent; failure: StripeFailure | null } => {
          const intent = intentOfSecret(account, clientSecret);
          return intent.object === "setup_intent"
            ? verifySetupDeposits(account, intent, given)
            : verifyPaymentDeposits(account, intent, given);
        },
      );
      if (result.failure) throw result.failure;
      return result.intent;
    },
    detach(paymentMethodId) {
      account.store.transaction(() => detachMethod(account, paymentMethodId));
    },
    setDefault(customerId, paymentMethodId) {
      account.store.transaction(() => {
        const customer = resolveCustomer(account, customerId);
        if (account.tables.paymentMethods.get(paymentMethodId)?.customer !== customerId)
          throw resourceMissing("PaymentMethod", paymentMethodId, "payment_method");
        const invoice_settings = { ...customer.invoice_settings, default_payment_method: paymentMethodId };
        emit(account, "customer.updated", account.tables.customers.put({ ...customer, invoice_settings }), customer);
      });
    },
  };
}
