/** How long answers took, by kind of request: counts in buckets a tenth apart, so that a long run costs no memory. */
const STEP = Math.log(1.1);

export class Latencies {
  readonly #buckets = new Map<string, Map<number, number>>();

  add(kind: string, ms: number): void {
    const buckets = this.#buckets.get(kind) ?? new Map<number, number>();
    this.#buckets.set(kind, buckets);
    const bucket = Math.round(Math.log(Math.max(ms, 0.1)) / STEP);
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
  }

  get kinds(): string[] {
    return [...this.#buckets.keys()].sort();
  }

  count(kind: string): number {
    return [...(this.#buckets.get(kind)?.values() ?? [])].reduce((sum, times) => sum + times, 0);
  }

  /** @param share from 0 to 1 @returns milliseconds, within 5 % */
  percentile(kind: string, share: number): number {
    const wanted = Math.ceil(this.count(kind) * share);
    let seen = 0;
    const sorted = [...(this.#buckets.get(kind) ?? [])].sort(([a], [b]) => a - b);
    for (const [bucket, times] of sorted) {
      seen += times;
      if (seen >= wanted) return Math.exp(bucket * STEP);
    }
    return Number.NaN;
  }
}
