/** A query of Drizzle's that nobody has waited for yet, so that it is not sent. */
export type Statement<T = unknown> = PromiseLike<T> & { toSQL(): unknown };

type Answers<T extends readonly Statement[]> = { -readonly [K in keyof T]: Awaited<T[K]> };

/**
 * Sends statements of one transaction without waiting for the answers in between. Its connection does them in this order; when one
 * fails, so do those behind it. Single statements only: what went on by itself after its first one could be sent behind the ROLLBACK
 * that another's failure led to, and would then be committed on its own.
 * @returns their answers in the same order
 */
export function inOneGo<const T extends readonly Statement[]>(...statements: T): Promise<Answers<T>> {
  return Promise.all(statements) as unknown as Promise<Answers<T>>;
}
