import type { Exchange, Inspector } from "../http/inspector";

const CHECK_AT = 2_000;

/** Notes what it is shown and has it checked later, so that a stand-in whose speed is measured is not slower for being watched. */
export class Recorder implements Inspector {
  #noted: (() => void)[] = [];
  #early = 0;

  constructor(private readonly contract: Inspector) {}

  answered(exchange: Exchange): void {
    this.#note(() => this.contract.answered(exchange));
  }

  emitted(event: object): void {
    const text = JSON.stringify(event);
    this.#note(() => this.contract.emitted(JSON.parse(text) as object));
  }

  /** Checks everything noted since the last time. @returns how much that was */
  check(): number {
    const checked = this.#early + this.#noted.length;
    this.#early = 0;
    for (const check of this.#noted.splice(0)) check();
    return checked;
  }

  #note(check: () => void): void {
    this.#noted.push(check);
    if (this.#noted.length >= CHECK_AT) this.#early = this.check();
  }
}
