/** What the browser needs to talk to Stripe; comes from the server at run time, never from the build. */
export type StripeAccess = {
  publishableKey: string;
  /** Where stripe.js is loaded from instead of js.stripe.com: the stand-in. */
  scriptUrl: string | null;
  nonce: string | null;
};
