import type { DueState } from "../../clock/participant";
import type { Account } from "../account";
import type { WebhookSender } from "../webhooks/sender";
import { perform } from "./perform";

const POLL_MS = 100;

/** Does what falls due, on the moved clock. The clock's file may jump at any moment, so it looks often. */
export class TimeRunner {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly account: Account,
    private readonly sender: WebhookSender,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.performDue();
      this.sender.sendDue();
    }, POLL_MS);
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }

  private nextDueMs(): number | null {
    const times = [...this.account.tables.work.oldestFirst()].map((work) => work.dueAtMs);
    const delivery = this.sender.nextDueMs();
    if (delivery !== null) times.push(delivery);
    return times.length === 0 ? null : times.reduce((least, at) => Math.min(least, at));
  }

  due(): DueState {
    const next = this.nextDueMs();
    return { nextDueAt: next === null ? null : new Date(next).toISOString(), busy: this.sender.busy };
  }

  /** Everything scheduled for now or before, in its order. */
  private performDue(): void {
    if (this.account.tables.work.size === 0) return;
    const at = this.account.nowMs();
    const due = [...this.account.tables.work.oldestFirst()]
      .filter((work) => work.dueAtMs <= at)
      .sort((a, b) => a.dueAtMs - b.dueAtMs);
    for (const work of due) perform(this.account, work);
  }

  /** Runs until nothing is due and nothing is on its way. */
  async runDue(): Promise<DueState> {
    for (;;) {
      this.performDue();
      this.sender.sendDue();
      await this.sender.idle();
      const next = this.nextDueMs();
      if (!this.sender.busy && (next === null || next > this.account.nowMs())) return this.due();
    }
  }
}
