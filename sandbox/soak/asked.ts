import { BillingError } from "@/lib/client/error";

/** Refusals that leave open whether it was done. */
const UNCLEAR = new Set<string>(["idempotency_key_in_use", "rate_limited"]);

/** What came of the calls: refusals are answers; what was never answered must not be. */
export class Asked {
  readonly refusals = new Map<string, number>();
  readonly unanswered: string[] = [];
  readonly #open = new Set<Promise<unknown>>();

  get open(): number {
    return this.#open.size;
  }

  /** @param work fulfils with what was answered; nobody waits for it here */
  begin(kind: string, work: () => Promise<unknown>): void {
    const running: Promise<unknown> = work()
      .catch((error: unknown) => this.#hear(kind, error))
      .finally(() => this.#open.delete(running));
    this.#open.add(running);
  }

  #hear(kind: string, error: unknown): void {
    if (error instanceof BillingError && error.status >= 400 && error.status < 500 && !UNCLEAR.has(error.code)) {
      const name = `${kind}: ${error.code}`;
      this.refusals.set(name, (this.refusals.get(name) ?? 0) + 1);
    } else this.unanswered.push(`${kind}: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
  }

  /** Waits for all that was begun. */
  async settled(): Promise<void> {
    while (this.#open.size > 0) await Promise.allSettled([...this.#open]);
  }
}
