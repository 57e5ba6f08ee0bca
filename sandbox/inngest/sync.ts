import { send } from "./wire/http-post";
import { signBody } from "./wire/signature";
import { isRecord } from "./wire/types";

/** Real time. */
const WHEN_AWAY_MS = 300;
const WHEN_UP_MS = 5000;
const ANSWER_WITHIN_MS = 60_000;

export interface SyncOptions {
  appUrl: string;
  signingKey: string | null;
  log(message: string): void;
  /** The app answered after it had been away. */
  onBack(): void;
}

/** Asks the app to register, as the dev server does for `-u` URLs: until it answers, and then every few seconds. */
export class AppSync {
  #timer: NodeJS.Timeout | undefined;
  #up = false;
  #stopped = false;
  #running = false;
  #said: string | null = null;

  constructor(private readonly options: SyncOptions) {}

  get up(): boolean {
    return this.#up;
  }

  start(): void {
    void this.#ask();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** A call was refused: look soon. */
  suspect(): void {
    if (!this.#up || this.#stopped) return;
    this.#up = false;
    if (!this.#running) this.#again(WHEN_AWAY_MS);
  }

  #again(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#ask(), ms);
  }

  async #ask(): Promise<void> {
    this.#running = true;
    const problem = await this.#put();
    this.#running = false;
    if (problem && problem !== this.#said) this.options.log(problem);
    this.#said = problem;
    const wasUp = this.#up;
    this.#up = problem === null;
    if (this.#up && !wasUp && !this.#stopped) this.options.onBack();
    this.#again(this.#up ? WHEN_UP_MS : WHEN_AWAY_MS);
  }

  /** @returns what is wrong, or null */
  async #put(): Promise<string | null> {
    const { appUrl, signingKey } = this.options;
    const headers = {
      "x-inngest-server-kind": signingKey ? "cloud" : "dev",
      ...(signingKey ? { "x-inngest-signature": signBody("", signingKey) } : {}),
    };
    try {
      const answer = await send("PUT", new URL(appUrl), "", headers, ANSWER_WITHIN_MS);
      if (answer.status < 300) return null;
      return `the app at ${appUrl} did not register: ${answer.status} ${messageOf(answer.text)}`;
    } catch (error) {
      return `waiting for the app at ${appUrl} (${error instanceof Error ? error.message : String(error)})`;
    }
  }
}

function messageOf(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    if (isRecord(body) && typeof body.message === "string") return body.message;
  } catch {
    // Not JSON: shown as it is.
  }
  return text.slice(0, 300);
}
