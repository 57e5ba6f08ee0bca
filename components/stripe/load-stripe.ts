"use client";

import type { Stripe } from "@stripe/stripe-js";
import { loadStripe } from "@stripe/stripe-js/pure";
import type { StripeAccess } from "./terms";

function appendScript(src: string, nonce: string | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    if (nonce) script.nonce = nonce;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${src} did not load`));
    document.head.append(script);
  });
}

let loading: Promise<Stripe> | null = null;

/**
 * Loads Stripe.js once per page. `loadStripe` takes a `window.Stripe` that is already there, which is how a stand-in gets in
 * without changing anything else. A failure is forgotten, so that trying again means something.
 * @throws Error when the script does not load
 */
export function openStripe({ publishableKey, scriptUrl, nonce }: StripeAccess): Promise<Stripe> {
  loading ??= (async () => {
    if (scriptUrl && !("Stripe" in window)) await appendScript(scriptUrl, nonce);
    const stripe = await loadStripe(publishableKey);
    if (!stripe) throw new Error("Stripe.js loads in browsers only");
    return stripe;
  })().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}
