/** What Stripe.js throws when the page uses it wrongly, as opposed to a customer's mistake. */
export class IntegrationError extends Error {
  override readonly name = "IntegrationError";
}

/** @returns a function that throws, for members the stand-in does not have */
export function unsupported(member: string): () => never {
  return () => {
    throw new IntegrationError(`stand-in: ${member} is not supported`);
  };
}
