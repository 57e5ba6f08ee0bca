/*
 * A local stand-in for https://js.stripe.com/endive/stripe.js. It is not Stripe and takes test keys only.
 * Loaded before `loadStripe()`, it is used by it: `@stripe/stripe-js` takes an existing `window.Stripe` (loadStripe's source).
 */
import { type ConfirmArguments, Confirmation } from "./confirm";
import { Elements, type GroupOptions } from "./elements";
import { IntegrationError, unsupported } from "./integration-error";

/** The stand-in's own address, put in when the script is served. */
declare const STANDIN_URL: string;

/** Named capitalised and called without `new`, as Stripe's own global is. */
function Stripe(key: unknown, defaults: { locale?: string } = {}) {
  if (typeof key !== "string" || !key.startsWith("pk_test_")) {
    throw new IntegrationError("stand-in: only publishable test keys (pk_test_…) are accepted.");
  }
  const confirmation = new Confirmation(STANDIN_URL, key, defaults.locale ?? "auto");
  return {
    elements: (options: Partial<GroupOptions> = {}) =>
      new Elements(STANDIN_URL, key, { ...options, locale: options.locale ?? defaults.locale ?? "auto" }),
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
    createPaymentMethod: unsupported("stripe.createPaymentMethod"),
    createConfirmationToken: unsupported("stripe.createConfirmationToken"),
    collectBankAccountForSetup: unsupported("stripe.collectBankAccountForSetup"),
    collectBankAccountForPayment: unsupported("stripe.collectBankAccountForPayment"),
    registerAppInfo: () => undefined,
    _registerWrapper: () => undefined,
  };
}

// Another value makes stripe-js 10 warn about a release train that does not match.
Stripe.version = "endive";
Object.assign(window, { Stripe });
