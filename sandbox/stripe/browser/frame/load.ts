import type { CssFontSource, CustomFontSource } from "@stripe/stripe-js";
import type { Intent } from "../../browser-api";
import { ask, callIntent } from "../api-client";
import type { ClientError, CustomerFeatures, FrameOptions, SavedMethod } from "../protocol";
import { h } from "./dom";

/** States in which an intent still wants a payment method. */
const OPEN = ["requires_payment_method", "requires_confirmation", "requires_action"];

export interface Loaded {
  intent: Intent | null;
  customer: CustomerFeatures | null;
}

/** The intent of the element, as it is now. */
export async function loadIntent({
  key,
  clientSecret,
}: FrameOptions): Promise<{ intent: Intent | null } | ClientError> {
  if (!clientSecret) return { intent: null };
  const { intent, error } = await callIntent("", key, clientSecret);
  if (error) return error;
  if (OPEN.includes(intent.status)) return { intent };
  const name = intent.object === "setup_intent" ? "SetupIntent" : "PaymentIntent";
  return {
    type: "invalid_request_error",
    code: `${intent.object}_unexpected_state`,
    message: `This ${name} is in a terminal state and cannot be used to initialize Elements.`,
  };
}

/** Everything the element is made of: its intent, and what its customer session allows. */
export async function load(options: FrameOptions): Promise<Loaded | ClientError> {
  const { key, customerSessionClientSecret: secret } = options;
  const [loaded, session] = await Promise.all([
    loadIntent(options),
    secret ? ask<CustomerFeatures>("GET", "/elements/session", { key, customer_session_client_secret: secret }) : null,
  ]);
  if (!("intent" in loaded)) return loaded;
  if (session?.error) return session.error;
  return { intent: loaded.intent, customer: session?.value ?? null };
}

/** Takes a saved method away. @returns why it could not be, or null */
export async function removeSaved(
  { key, customerSessionClientSecret }: FrameOptions,
  method: SavedMethod,
): Promise<string | null> {
  const given = { key, customer_session_client_secret: customerSessionClientSecret, payment_method: method.id };
  const { error } = await ask("POST", "/elements/session/remove", given);
  return error?.message ?? null;
}

/** Loads the page's fonts into the frame: style sheets by address, or single faces. */
export function loadFonts(fonts: (CssFontSource | CustomFontSource)[] = []): void {
  for (const font of fonts) {
    if ("cssSrc" in font) document.head.append(h("link", { rel: "stylesheet", href: font.cssSrc }));
    else if (font.family && font.src) {
      const { family, src, display, style, unicodeRange, weight } = font;
      const descriptors = { display: display as FontDisplay | undefined, style, unicodeRange, weight };
      const given = Object.fromEntries(Object.entries(descriptors).filter(([, value]) => value !== undefined));
      const face = new FontFace(family, src, given);
      document.fonts.add(face);
      // A font that cannot be loaded leaves the next of its family, as in any page.
      face.load().catch(() => undefined);
    }
  }
}
