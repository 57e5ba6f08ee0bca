import type { Intent } from "../../browser-api";
import { type ApiResult, callIntent, collectionOf, type FormValue } from "../api-client";
import { localized } from "../error-text";
import type { ClientError, ConfirmParams } from "../protocol";
import { pageLanguage } from "../text";
import { showChallenge } from "./challenge";
import type { Elements } from "./elements";
import { IntegrationError } from "./integration-error";

export type IntentResult = { error: ClientError } | { setupIntent: Intent } | { paymentIntent: Intent };

export interface ConfirmArguments {
  elements?: Elements;
  clientSecret?: string;
  confirmParams?: ConfirmParams;
  redirect?: "always" | "if_required";
}

function result(clientSecret: string, intent: Intent): IntentResult {
  return collectionOf(clientSecret) === "setup_intents" ? { setupIntent: intent } : { paymentIntent: intent };
}

function lastError(intent: Intent): ClientError | null {
  const error = intent.object === "setup_intent" ? intent.last_setup_error : intent.last_payment_error;
  return error
    ? { ...error, message: error.message ?? "Your payment could not be processed.", [intent.object]: intent }
    : null;
}

/** Confirming and what follows it, for one publishable key. */
export class Confirmation {
  constructor(
    private readonly base: string,
    private readonly key: string,
    private readonly locale: string,
  ) {}

  retrieve(clientSecret: string): Promise<ApiResult> {
    return callIntent(this.base, this.key, clientSecret);
  }

  /**
   * Makes a confirmation token, or with `paymentMethodCreation: "manual"` the bare method, of what the element holds.
   * @throws IntegrationError before `elements.submit()`
   */
  async create(
    what: "confirmation_tokens" | "payment_methods",
    elements: Elements,
    params: ConfirmParams,
  ): Promise<{ created: { id: string } } | { error: ClientError }> {
    if (!elements.submitted)
      throw new IntegrationError(
        "elements.submit() must be called before stripe.createConfirmationToken() or stripe.createPaymentMethod().",
      );
    const payment = elements.getElement("payment");
    if (!payment) throw new IntegrationError("The Elements group has no payment element.");
    const { error, created } = await payment.send({ command: "create", what, params });
    return created ? { created } : { error: error ?? { type: "api_error", message: "The form gave no answer." } };
  }

  /** Lets the customer do what the intent waits for; other next actions (micro-deposits) are the page's to show. */
  private async act(clientSecret: string, answer: ApiResult, locale = this.locale): Promise<ApiResult> {
    if (answer.error) return answer;
    const action = answer.intent.status === "requires_action" ? answer.intent.next_action?.type : undefined;
    if (action !== "use_stripe_sdk" && action !== "redirect_to_url") return answer;
    await showChallenge(this.base, clientSecret, locale);
    const settled = await this.retrieve(clientSecret);
    const error = settled.intent?.status === "requires_payment_method" ? lastError(settled.intent) : null;
    return error ? { error: localized(error, pageLanguage(locale)) } : settled;
  }

  /** confirmSetup and confirmPayment. With `redirect: "always"` success leaves the page and the promise never resolves. */
  async confirm({
    elements,
    clientSecret,
    confirmParams = {},
    redirect = "always",
  }: ConfirmArguments): Promise<IntentResult> {
    const secret = clientSecret ?? elements?.clientSecret;
    if (!secret) throw new IntegrationError("You must pass a clientSecret, or Elements created with one.");
    if (redirect === "always" && !confirmParams.return_url) {
      throw new IntegrationError("confirmParams.return_url is required, unless redirect is if_required.");
    }
    if (elements && !elements.clientSecret && !elements.submitted) {
      throw new IntegrationError(
        "elements.submit() must be called before the intent is confirmed. Call it after the customer submits the form.",
      );
    }
    const answer = await this.act(secret, await this.send(secret, elements, confirmParams), elements?.locale);
    if (answer.error) return { error: answer.error };
    if (redirect === "if_required") return result(secret, answer.intent);
    return this.leave(secret, answer.intent, confirmParams.return_url ?? "");
  }

  private async send(clientSecret: string, elements: Elements | undefined, params: ConfirmParams): Promise<ApiResult> {
    const payment = elements?.getElement("payment");
    if (payment && !params.payment_method && !params.confirmation_token) {
      if (elements?.createsMethods)
        throw new IntegrationError(
          "stripe.confirmPayment() cannot be used with elements made with paymentMethodCreation: 'manual'.",
        );
      const { error, intent } = await payment.send({ command: "confirm", clientSecret, params });
      return intent ? { intent } : { error: error ?? { type: "api_error", message: "The form gave no answer." } };
    }
    const { return_url, payment_method, mandate_data, confirmation_token } = params;
    const form = {
      return_url,
      payment_method,
      confirmation_token,
      mandate_data: mandate_data as FormValue,
      use_stripe_sdk: true,
    };
    return callIntent(this.base, this.key, clientSecret, "confirm", form);
  }

  private leave(clientSecret: string, intent: Intent, returnUrl: string): Promise<never> {
    const address = new URL(returnUrl, location.href);
    const done = intent.status === "succeeded" || intent.status === "requires_capture";
    address.searchParams.set(intent.object, intent.id);
    address.searchParams.set(`${intent.object}_client_secret`, clientSecret);
    address.searchParams.set("redirect_status", done ? "succeeded" : "pending");
    location.assign(address);
    return new Promise<never>(() => undefined);
  }

  /** Finishes an intent that a server has confirmed. */
  async handleNextAction({ clientSecret }: { clientSecret: string }): Promise<IntentResult> {
    const answer = await this.act(clientSecret, await this.retrieve(clientSecret));
    return answer.error ? { error: answer.error } : result(clientSecret, answer.intent);
  }

  async retrieveIntent(clientSecret: string): Promise<IntentResult> {
    const answer = await this.retrieve(clientSecret);
    return answer.error ? { error: answer.error } : result(clientSecret, answer.intent);
  }

  /** @param proof `amounts` in cents or `descriptor_code` */
  async verifyMicrodeposits(
    clientSecret: string,
    proof: { amounts?: number[]; descriptor_code?: string },
  ): Promise<IntentResult> {
    const answer = await callIntent(this.base, this.key, clientSecret, "verify_microdeposits", { ...proof });
    return answer.error ? { error: answer.error } : result(clientSecret, answer.intent);
  }
}
