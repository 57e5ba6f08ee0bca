import { ROUTES } from "./operations";
import { type ClientOptions, send } from "./transport";
import type { Client } from "./types";

/**
 * A client of the HTTP API, for Node and the browser.
 * @example
 * const billing = createClient({ baseUrl: "https://billing.example.com", token });
 * const subscription = await billing.createSubscription({ plan: "professional", billingCycle: "monthly" });
 */
export function createClient(options: ClientOptions = {}): Client {
  const methods = Object.entries(ROUTES).map(([operation, route]) => [
    operation,
    (...args: unknown[]) => send(options, route, args),
  ]);
  return Object.fromEntries(methods) as Client;
}

type Page<T> = { data: T[]; nextCursor: string | null };

/**
 * Every item of a list, page after page.
 * @example for await (const transaction of everyItem(billing.listTransactions, { type: "refund" })) …
 */
export async function* everyItem<Q extends object, T>(
  list: (query?: Q) => Promise<Page<T>>,
  query?: Omit<Q, "cursor">,
): AsyncGenerator<T, void, undefined> {
  let cursor: string | null = null;
  do {
    const page: Page<T> = await list({ limit: 100, ...query, ...(cursor && { cursor }) } as unknown as Q);
    yield* page.data;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
