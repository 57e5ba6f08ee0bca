import type { Appearance, StripePaymentElementOptions } from "@stripe/stripe-js";
import type { Intent } from "../browser-api";

/*
 * What the merchant's page and the frame say to each other. The page sends one `Hello` with a message port when the
 * frame has loaded; everything after that goes through the port, so nobody else can speak or listen.
 */

/** An error as Stripe.js returns it. Extra members (charge, intent, …) come straight from the API. */
export interface ClientError {
  type: string;
  code?: string;
  decline_code?: string;
  message: string;
  payment_intent?: Intent;
  setup_intent?: Intent;
}

export type MethodType = "card" | "us_bank_account";

/** Either the intent the element pays, or what the intent made later will be. */
export interface FrameOptions {
  key: string;
  clientSecret?: string;
  mode?: "payment" | "setup" | "subscription";
  currency?: string;
  allowedPaymentMethodTypes?: string[];
  excludedPaymentMethodTypes?: string[];
  locale: string;
  appearance?: Appearance;
  element: StripePaymentElementOptions;
}

export interface Hello {
  standin: "hello";
  options: FrameOptions;
}

/** What the page may pass along with the fields of the frame. */
export interface ConfirmParams {
  return_url?: string;
  payment_method?: string;
  payment_method_data?: {
    billing_details?: Record<string, unknown>;
    allow_redisplay?: string;
    metadata?: Record<string, string>;
  };
  mandate_data?: Record<string, unknown>;
}

export type Command =
  | { command: "validate" }
  | { command: "confirm"; clientSecret: string; params: ConfirmParams }
  | { command: "update"; options: Partial<FrameOptions> }
  /** The colour the page has behind the frame; null leaves the frame transparent. */
  | { command: "backdrop"; color: string | null }
  | { command: "focus" | "blur" | "clear" };

export interface Call {
  call: number;
  request: Command;
}

export interface Outcome {
  error?: ClientError;
  intent?: Intent;
  selectedPaymentMethod?: MethodType;
}

export type FrameMessage =
  | { kind: "ready" | "focus" | "blur" | "escape" }
  | { kind: "height"; px: number }
  | { kind: "change"; empty: boolean; complete: boolean; type: MethodType }
  | { kind: "loaderror"; error: ClientError }
  | { kind: "result"; call: number; outcome: Outcome };
