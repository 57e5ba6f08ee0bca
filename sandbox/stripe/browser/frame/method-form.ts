import type { StripePaymentElementOptions } from "@stripe/stripe-js";
import type { FormValue } from "../api-client";
import type { ThisMonth, ValidationCode } from "../fields/validate";
import type { ConfirmParams, CustomerFeatures, MethodType, SavedMethod, TabName } from "../protocol";
import { type Language, TEXT, type TextKey } from "../text";
import type { Field } from "./field";

/** What every form of the frame is built with. */
export interface FormContext {
  language: Language;
  today: ThisMonth;
  /** The customer agrees to later charges, so the consent text is shown. */
  forLater: boolean;
  /** The intent is a set-up: there is no payment whose method might be kept. */
  settingUp: boolean;
  /** Null without a customer session. */
  customer: CustomerFeatures | null;
  element: StripePaymentElementOptions;
  onChange: () => void;
  /** Takes a saved method away from the customer; the message says why it could not. */
  remove: (method: SavedMethod) => Promise<string | null>;
}

/** The fields of one payment method, or the choice among the saved ones. */
export interface MethodForm {
  tab: TabName;
  root: HTMLElement;
  fields: Field[];
  /** The type of what is chosen now. */
  type(): MethodType;
  /** The saved method that is chosen now; absent in forms for new ones. */
  saved?(): SavedMethod | null;
  /** Whether the customer ticked "save for later"; null when that is not asked. */
  keeps(): boolean | null;
  /** What the confirm call gets beside the intent's own parameters. Raw numbers never leave the frame another way. */
  params(given: ConfirmParams): { [name: string]: FormValue };
  /** Shows an error of the API where it belongs. */
  showError(code: string, message: string): void;
}

export function texts(language: Language): (key: TextKey | ValidationCode) => string {
  return (key) => TEXT[language][key];
}

/** The consent with the merchant's name in it. */
export function consent(context: FormContext, key: "cardConsent" | "bankConsent"): string {
  const say = texts(context.language);
  return say(key).replace("{business}", context.element.business?.name ?? say("merchant"));
}

type Visibility = "auto" | "never" | "always" | "if_required";

/** Whether the merchant wants a billing detail asked here (`fields.billingDetails` of the element). */
export function asks(context: FormContext, detail: "name" | "email" | "country" | "postalCode"): boolean {
  const details: unknown = context.element.fields?.billingDetails;
  if (details === "never") return false;
  if (typeof details !== "object" || details === null) return true;
  const { name, email, address } = details as {
    name?: Visibility;
    email?: Visibility;
    address?: Visibility | Record<string, Visibility>;
  };
  if (detail === "name") return name !== "never";
  if (detail === "email") return email !== "never";
  return typeof address === "object" ? address[detail] !== "never" : address !== "never";
}

/** Joins the billing details of the form with those the page passed to confirm; the page's win. */
export function billingDetails(own: { [name: string]: FormValue }, given: ConfirmParams): FormValue {
  const passed = (given.payment_method_data?.billing_details ?? {}) as { [name: string]: FormValue };
  const address = { ...(own.address as object), ...(passed.address as object | undefined) };
  return { ...own, ...passed, address };
}
