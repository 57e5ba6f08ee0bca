import { Elements, PaymentElement, useElements, useStripe } from "@stripe/react-stripe-js";
import type { Stripe, StripeElements, StripeElementsOptions, StripePaymentElementOptions } from "@stripe/stripe-js";
import { loadStripe } from "@stripe/stripe-js/pure";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

/** A merchant's page with the real packages, which a test drives from outside. */
export interface Merchant {
  stripe: Stripe | null;
  elements: StripeElements | null;
  /** What the element told the page, newest last. */
  events: { type: string; event: unknown }[];
  show(key: string, options: StripeElementsOptions, element?: StripePaymentElementOptions): Promise<void>;
}

declare global {
  interface Window {
    merchant: Merchant;
  }
}

function Fields({ element, ready }: { element: StripePaymentElementOptions; ready: () => void }) {
  const { merchant } = window;
  merchant.stripe = useStripe();
  merchant.elements = useElements();
  const note = (type: string) => (event: unknown) => void merchant.events.push({ type, event });
  return (
    <PaymentElement
      options={element}
      onReady={ready}
      onChange={note("change")}
      onLoadError={(event) => {
        note("loaderror")(event);
        ready();
      }}
      onSavedPaymentMethodRemove={note("savedpaymentmethodremove")}
    />
  );
}

window.merchant = {
  stripe: null,
  elements: null,
  events: [],
  async show(key, options, element = {}) {
    const stripe = loadStripe(key);
    const place = document.createElement("main");
    document.body.replaceChildren(place);
    await new Promise<void>((ready) => {
      createRoot(place).render(
        <StrictMode>
          <Elements stripe={stripe} options={options}>
            <Fields element={element} ready={ready} />
          </Elements>
        </StrictMode>,
      );
    });
  },
};
