import type { DueState } from "../../clock/participant";
import type { Account } from "../account";
import type { WebhookSender } from "../webhooks/sender";
import { ClockWork } from "./clock-work";
import { perform } from "./perform";

const POLL_MS = 100;

/** Does what falls due, on the moved clock. The clock's file may jump at any moment, so it looks often. */
export class TimeRunner {
  private timer: NodeJS.Timeout | null = null;
  private readonly clocks: ClockWork;

  constructor(
    private readonly account: Account,
    private readonly sender: WebhookSender,
  ) {
    this.clocks = new ClockWork(account);
  }

  start(): void {
    this.timer = setInterval(() => {
      this.performDue();
      this.sender.sendDue();
    }, POLL_MS);
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    this.clocks.stop();
  }

  private nextDueMs(): number | null {
    const times = [this.account.agenda.next(null)?.dueAtMs, this.sender.nextDueMs()];
    return times.reduce<number | null>(
      (least, at) => (at === undefined || at === null ? least : Math.min(least ?? at, at)),
      null,
    );
  }

  due(): DueState {
    const next = this.nextDueMs();
    return {
      nextDueAt: next === null ? null : new Date(next).toISOString(),
      busy: this.sender.busy || this.clocks.busy,
    };
  }

  /** Everything scheduled for now or before, in its order. */
  private performDue(): void {
    for (;;) {
      const work = this.account.agenda.next(null);
      if (!work || work.dueAtMs > this.account.worldMs()) break;
      perform(this.account, work);
    }
    this.clocks.kick();
  }

  /** Runs until nothing is due and nothing is on its way. */
  async runDue(): Promise<DueState> {
    for (;;) {
      this.performDue();
      await this.clocks.idle();
      this.sender.sendDue();
      await this.sender.idle();
      const next = this.nextDueMs();
      const busy = this.sender.busy || this.clocks.busy;
      if (!busy && (next === null || next > this.account.worldMs())) return this.due();
    }
  }
}
