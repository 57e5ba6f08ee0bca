/*
 * A local stand-in for https://js.stripe.com/endive/stripe.js. It is not Stripe and takes test keys only.
 * Loaded before `loadStripe()`, it is used by it: `@stripe/stripe-js` takes an existing `window.Stripe` (loadStripe's source).
 */

import type { ConfirmParams } from "../protocol";
import { type CollectArguments, collectBankAccount, confirmBankSetup } from "./bank-account";
import { type ConfirmArguments, Confirmation } from "./confirm";
import { Elements, type GivenOptions, groupOptions } from "./elements";
import { IntegrationError, unsupported } from "./integration-error";

interface MethodArguments {
  elements?: Elements;
  params?: ConfirmParams["payment_method_data"];
}

interface CreateArguments {
  elements?: Elements;
  params?: ConfirmParams;
}

/** The stand-in's own address, put in when the script is served. */
declare const STANDIN_URL: string;

/** Named capitalised and called without `new`, as Stripe's own global is. */
function Stripe(key: unknown, defaults: { locale?: string } = {}) {
  if (typeof key !== "string" || !key.startsWith("pk_test_")) {
    throw new IntegrationError("stand-in: only publishable test keys (pk_test_…) are accepted.");
  }
  const locale = defaults.locale ?? "auto";
  const confirmation = new Confirmation(STANDIN_URL, key, locale);
  const collect = (given: CollectArguments) => collectBankAccount(STANDIN_URL, locale, confirmation, given);
  return {
    elements: (options: GivenOptions = {}) =>
      new Elements(STANDIN_URL, key, {
        ...groupOptions(options),
        locale: options.locale ?? defaults.locale ?? "auto",
      }),
    confirmSetup: (given: ConfirmArguments) => confirmation.confirm(given),
    confirmPayment: (given: ConfirmArguments) => confirmation.confirm(given),
    confirmCardSetup: (clientSecret: string, confirmParams: ConfirmArguments["confirmParams"] = {}) =>
      confirmation.confirm({ clientSecret, confirmParams, redirect: "if_required" }),
    confirmCardPayment: (clientSecret: string, confirmParams: ConfirmArguments["confirmParams"] = {}) =>
      confirmation.confirm({ clientSecret, confirmParams, redirect: "if_required" }),
    handleNextAction: (given: { clientSecret: string }) => confirmation.handleNextAction(given),
    retrieveSetupIntent: (clientSecret: string) => confirmation.retrieveIntent(clientSecret),
    retrievePaymentIntent: (clientSecret: string) => confirmation.retrieveIntent(clientSecret),
    verifyMicrodepositsForSetup: (clientSecret: string, proof: { amounts?: number[]; descriptor_code?: string }) =>
      confirmation.verifyMicrodeposits(clientSecret, proof),
    verifyMicrodepositsForPayment: (clientSecret: string, proof: { amounts?: number[]; descriptor_code?: string }) =>
      confirmation.verifyMicrodeposits(clientSecret, proof),
    // react-stripe-js recognises a Stripe object by these two being functions.
    createToken: unsupported("stripe.createToken"),
    async createPaymentMethod({ elements, params }: MethodArguments) {
      if (!elements) throw new IntegrationError("stand-in: createPaymentMethod() needs elements.");
      const made = await confirmation.create("payment_methods", elements, { payment_method_data: params });
      return "error" in made ? made : { paymentMethod: made.created };
    },
    async createConfirmationToken({ elements, params = {} }: CreateArguments) {
      if (!elements) throw new IntegrationError("stand-in: createConfirmationToken() needs elements.");
      const made = await confirmation.create("confirmation_tokens", elements, params);
      return "error" in made ? made : { confirmationToken: made.created };
    },
    collectBankAccountForSetup: collect,
    collectBankAccountForPayment: collect,
    confirmUsBankAccountSetup: (clientSecret: string, data: ConfirmParams = {}) =>
      confirmBankSetup(confirmation, clientSecret, data),
    confirmUsBankAccountPayment: (clientSecret: string, data: ConfirmParams = {}) =>
      confirmBankSetup(confirmation, clientSecret, data),
    registerAppInfo: () => undefined,
    _registerWrapper: () => undefined,
  };
}

// Another value makes stripe-js 10 warn about a release train that does not match.
Stripe.version = "endive";
Object.assign(window, { Stripe });
