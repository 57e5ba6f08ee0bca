import type { Account } from "../account";
import type { Answer } from "./answer";
import { StripeFailure } from "./errors";

const MAX_KEY_LENGTH = 255;
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;
/** Most keys remembered, so that a long run does not fill the memory: the oldest goes first. */
export const KEPT_KEYS = 20_000;

/** The first answer to a key, given again to whoever repeats it. */
export interface IdempotentAnswer {
  /** The key itself. */
  id: string;
  /** Method, path and parameters of the first request. */
  fingerprint: string;
  requestId: string;
  answer: Answer;
  createdMs: number;
}

/** A body that is repeated with `Idempotent-Replayed`. */
function replay(row: IdempotentAnswer): Answer {
  return {
    ...row.answer,
    headers: { ...row.answer.headers, "idempotent-replayed": "true", "original-request": row.requestId },
  };
}

/**
 * Keys of POST requests: first answer kept (declines and 500s too), conflicts refused, forgotten after 24 hours.
 * @see https://docs.stripe.com/api/idempotent_requests
 */
export class Idempotency {
  /** Keys whose answer is still on its way. */
  private readonly inFlight = new Set<string>();

  constructor(private readonly account: Account) {}

  /**
   * The answer to repeat, or null when the request is new.
   * @throws StripeFailure 400 for a key too long or used with other parameters, 409 while the first request is under way
   */
  recall(key: string, fingerprint: string): Answer | null {
    if (key.length > MAX_KEY_LENGTH) {
      const message = `Idempotency key length is ${key.length} characters long, which is longer than the maximum length of ${MAX_KEY_LENGTH} characters.`;
      throw new StripeFailure(400, { type: "idempotency_error", message });
    }
    const row = this.account.tables.idempotency.get(key);
    const known = row && !this.isForgotten(row) ? row : null;
    if (known && known.fingerprint !== fingerprint) {
      const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`;
      throw new StripeFailure(400, { type: "idempotency_error", message });
    }
    if (this.inFlight.has(key)) {
      const message = `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`;
      throw new StripeFailure(409, { type: "invalid_request_error", code: "idempotency_key_in_use", message });
    }
    return known ? replay(known) : null;
  }

  /** Keeps an answer. Call inside the transaction of the request, so that both are kept or neither. */
  remember(key: string, fingerprint: string, requestId: string, answer: Answer): void {
    const table = this.account.tables.idempotency;
    this.forgetOld();
    table.delete(key);
    table.put({ id: key, fingerprint, requestId, answer, createdMs: this.account.worldMs() });
  }

  /** Marks a key as under way until the returned function is called. */
  hold(key: string): () => void {
    this.inFlight.add(key);
    return () => this.inFlight.delete(key);
  }

  private isForgotten(row: IdempotentAnswer): boolean {
    return this.account.worldMs() - row.createdMs >= FORGOTTEN_AFTER_MS;
  }

  private forgetOld(): void {
    const table = this.account.tables.idempotency;
    for (const row of table.oldestFirst()) {
      if (!this.isForgotten(row) && table.size < KEPT_KEYS) return;
      table.delete(row.id);
    }
  }
}
