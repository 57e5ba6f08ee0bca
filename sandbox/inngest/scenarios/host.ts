import type { Inngest, InngestFunction } from "inngest";

/** What runs the functions of the scenarios: the embedded executor, or an Inngest server. */
export interface Host {
  /** The SDK's client of the app under test. */
  client: Inngest;
  /** The time that the host goes by. */
  now(): Date;
  /** Lets time pass: moves it where it can be moved, waits where it cannot. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

export interface HostKind {
  name: string;
  /** How long something may take to happen without time having to pass. */
  patienceMs: number;
  /** @param make makes the functions that the app serves */
  open(make: (client: Inngest) => InngestFunction.Any[]): Promise<Host>;
}
