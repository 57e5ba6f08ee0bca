import { expect } from "@playwright/test";
import { mailsTo } from "./mailbox";
import { demoTime } from "./stand-in";

const MINUTE_MS = 60_000;
/** What is due waits for the next run of its job, which is every 15 minutes at most. */
const LATEST_MS = 16 * MINUTE_MS;

/** An instant as notices write it. */
export const written = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat("en", {
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
    timeZone,
  }).format(at);

/** The first 09:00 UTC, when reminders are sent, that is not before an instant. */
export function nextNine(from: Date): Date {
  const nine = new Date(from);
  nine.setUTCHours(9, 0, 0, 0);
  return nine < from ? new Date(nine.getTime() + 24 * 60 * MINUTE_MS) : nine;
}

/** The mails that a story must have led to, with when each had to come. */
export class ExpectedMails {
  readonly #expected: { subject: string; at: Date }[] = [];

  constructor(
    private readonly address: string,
    private readonly organisation: string,
  ) {}

  /** A notice. @param at null: now */
  async notice(title: string, at: Date | null = null): Promise<void> {
    this.#expected.push({ subject: `${this.organisation}: ${title}`, at: at ?? (await demoTime()) });
  }

  async other(subject: string): Promise<void> {
    this.#expected.push({ subject, at: await demoTime() });
  }

  /** All of them came, each at its time, and nothing else. */
  async expectAll(): Promise<void> {
    const came = (await mailsTo(this.address)).map(({ subject, at }) => ({ subject, at: new Date(at) }));
    const missing = this.#expected.filter(({ subject, at }) => {
      const index = came.findIndex((mail) => {
        const late = mail.at.getTime() - at.getTime();
        // A story's own clock and the mailbox's may differ by what an answer takes.
        return mail.subject === subject && late > -MINUTE_MS && late <= LATEST_MS;
      });
      if (index >= 0) came.splice(index, 1);
      return index < 0;
    });
    const shown = (mails: { subject: string; at: Date }[]) =>
      mails.map(({ subject, at }) => `${at.toISOString()} ${subject}`);
    expect({ missing: shown(missing), unexpected: shown(came) }).toEqual({ missing: [], unexpected: [] });
  }
}
