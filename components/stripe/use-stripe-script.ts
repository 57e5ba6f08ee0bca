"use client";

import type { Stripe } from "@stripe/stripe-js";
import { useCallback, useEffect, useState } from "react";
import { openStripe } from "./load-stripe";
import type { StripeAccess } from "./terms";

/** After this a person is told, and offered the hosted way: within 5 seconds of opening the page, which took its part to load. */
export const PATIENCE_MS = 4_000;

/** `late` may still become `ready`; `blocked` will not without trying again. */
export type FormState = "loading" | "ready" | "late" | "blocked";

/**
 * Watches whether Stripe.js and then the frame with the fields arrive. Only these two count: a blocked beacon of Stripe's
 * does not keep a card from being saved.
 */
export function useStripeScript(access: StripeAccess) {
  const [stripe, setStripe] = useState<Stripe | null>(null);
  const [state, setState] = useState<FormState>("loading");
  const [attempt, setAttempt] = useState(0);
  const { publishableKey, scriptUrl, nonce } = access;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` starts it again
  useEffect(() => {
    let gone = false;
    setState("loading");
    const timer = setTimeout(() => setState((now) => (now === "loading" ? "late" : now)), PATIENCE_MS);
    openStripe({ publishableKey, scriptUrl, nonce }).then(
      (loaded) => gone || setStripe(loaded),
      () => gone || setState("blocked"),
    );
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [publishableKey, scriptUrl, nonce, attempt]);

  return {
    stripe,
    state,
    onReady: useCallback(() => setState("ready"), []),
    onLoadError: useCallback(() => setState("blocked"), []),
    retry: useCallback(() => setAttempt((n) => n + 1), []),
  };
}
