const QUIET_MS = 150;
const LONGEST_MS = 1_000;

/** Collects what comes within a short while and hands it on in reverse order, one after the other. */
export class Shuffler {
  private batch: (() => Promise<void>)[] = [];
  private timer: NodeJS.Timeout | null = null;
  private startedAt = 0;

  get waiting(): boolean {
    return this.batch.length > 0;
  }

  add(send: () => Promise<void>): void {
    if (this.batch.length === 0) this.startedAt = performance.now();
    this.batch.push(send);
    if (this.timer) clearTimeout(this.timer);
    const left = LONGEST_MS - (performance.now() - this.startedAt);
    this.timer = setTimeout(() => void this.flush(), Math.max(0, Math.min(QUIET_MS, left)));
  }

  private async flush(): Promise<void> {
    const batch = this.batch.reverse();
    this.batch = [];
    this.timer = null;
    for (const send of batch) await send();
  }

  clear(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.batch = [];
  }
}
