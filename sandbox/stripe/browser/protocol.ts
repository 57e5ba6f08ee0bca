import type { Appearance, CssFontSource, CustomFontSource, StripePaymentElementOptions } from "@stripe/stripe-js";
import type Stripe from "stripe";
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

/** A tab of the element: the customer's saved methods, or a new one of a type. */
export type TabName = "saved" | MethodType;

/** What the element shows of a saved method. */
export type SavedMethod = Pick<
  Stripe.PaymentMethod,
  "id" | "type" | "allow_redisplay" | "billing_details" | "card" | "us_bank_account"
>;

/** What a customer session allows: `components.payment_element.features`, with the methods it lets the element show. */
export interface CustomerFeatures {
  methods: SavedMethod[];
  save: boolean;
  remove: boolean;
  saveUsage: "off_session" | "on_session";
}

/** Either the intent the element pays, or what the intent made later will be. */
export interface FrameOptions {
  key: string;
  clientSecret?: string;
  customerSessionClientSecret?: string;
  mode?: "payment" | "setup" | "subscription";
  amount?: number;
  currency?: string;
  setupFutureUsage?: "off_session" | "on_session" | null;
  /** The page makes the method itself (`createPaymentMethod`) instead of confirming with the element. */
  paymentMethodCreation?: "manual";
  fonts?: (CssFontSource | CustomFontSource)[];
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
  confirmation_token?: string;
  payment_method_data?: {
    billing_details?: Record<string, unknown>;
    allow_redisplay?: string;
    metadata?: Record<string, string>;
  };
  mandate_data?: Record<string, unknown>;
  shipping?: Record<string, unknown>;
}

export type Command =
  | { command: "validate" }
  | { command: "confirm"; clientSecret: string; params: ConfirmParams }
  /** Makes what the page's server will use: a confirmation token, or the bare method. */
  | { command: "create"; what: "confirmation_tokens" | "payment_methods"; params: ConfirmParams }
  /** The intent was changed by the server. */
  | { command: "refetch" }
  | { command: "update"; options: Partial<FrameOptions> }
  /** The colour the page has behind the frame; null leaves the frame transparent. */
  | { command: "backdrop"; color: string | null }
  | { command: "focus" | "blur" | "clear" | "collapse" };

export interface Call {
  call: number;
  request: Command;
}

export interface Outcome {
  error?: ClientError;
  intent?: Intent;
  created?: { id: string };
  selectedPaymentMethod?: MethodType;
}

/** What the page's `change` handler is told. */
export interface FormState {
  empty: boolean;
  complete: boolean;
  collapsed: boolean;
  type: MethodType;
  saved: SavedMethod | null;
  /** The box "save for later"; null when there is none. */
  savePaymentMethod: boolean | null;
  country: string | null;
  postalCode: string | null;
}

export type FrameMessage =
  | { kind: "ready" | "focus" | "blur" | "escape" }
  | { kind: "height"; px: number }
  | { kind: "change"; state: FormState }
  | { kind: "removed"; method: SavedMethod; error: string | null }
  | { kind: "loaderror"; error: ClientError }
  | { kind: "result"; call: number; outcome: Outcome };
