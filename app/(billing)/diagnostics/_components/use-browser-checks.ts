"use client";

import type { Stripe, StripePaymentElement } from "@stripe/stripe-js";
import { useEffect, useRef, useState } from "react";
import { openStripe } from "@/components/stripe/load-stripe";
import type { StripeAccess } from "@/components/stripe/terms";
import { PATIENCE_MS } from "@/components/stripe/use-stripe-script";
import type { Currency } from "@/lib/money/currency";

export type BrowserCheck = { state: "running" | "pass" | "fail"; error?: string };

const failed = (error: unknown): BrowserCheck => ({
  state: "fail",
  error: error instanceof Error ? error.message : String(error),
});

function within<T>(work: Promise<T>, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${what}: no answer within ${PATIENCE_MS / 1_000} s`)),
      PATIENCE_MS,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Mounts a form that nobody sees, and takes it away again. */
function tryFrame(
  stripe: Stripe,
  currency: Currency,
  mountPoint: HTMLElement,
  keep: (element: StripePaymentElement) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const element = stripe.elements({ mode: "setup", currency: currency.toLowerCase() }).create("payment");
    keep(element);
    element.on("ready", () => resolve());
    element.on("loaderror", ({ error }) => reject(new Error(error.message ?? "loaderror")));
    element.mount(mountPoint);
  });
}

/** Loads Stripe.js, then its frame, as the payment form would; one after the other, since the frame needs the script. */
export function useBrowserChecks(access: StripeAccess, currency: Currency) {
  const mountPoint = useRef<HTMLDivElement>(null);
  const [script, setScript] = useState<BrowserCheck>({ state: "running" });
  const [frame, setFrame] = useState<BrowserCheck>({ state: "running" });
  const { publishableKey, scriptUrl, nonce } = access;
  useEffect(() => {
    let element: StripePaymentElement | null = null;
    let gone = false;
    const run = async () => {
      const stripe = await within(openStripe({ publishableKey, scriptUrl, nonce }), "stripe.js").catch(
        (error: unknown) => {
          setScript(failed(error));
          setFrame({ state: "fail" });
          return null;
        },
      );
      if (!stripe || gone || !mountPoint.current) return;
      setScript({ state: "pass" });
      const framed = tryFrame(stripe, currency, mountPoint.current, (made) => {
        element = made;
      });
      await within(framed, "frame").then(
        () => gone || setFrame({ state: "pass" }),
        (error: unknown) => gone || setFrame(failed(error)),
      );
    };
    void run();
    return () => {
      gone = true;
      element?.destroy();
    };
  }, [publishableKey, scriptUrl, nonce, currency]);
  return { script, frame, mountPoint };
}
