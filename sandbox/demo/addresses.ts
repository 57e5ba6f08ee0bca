import type { Choice } from "./choice";
import type { Ports } from "./ports";

/** Where each part is reached, real or stand-in. */
export interface Addresses {
  app: string;
  database: string;
  stripe: string;
  mail: string | null;
  smtp: string;
  inngest: string;
}

export function addressesOf(ports: Ports, choice: Choice): Addresses {
  const local = (port: number) => `http://127.0.0.1:${port}`;
  return {
    app: `http://localhost:${ports.app}`,
    database: choice.databaseUrl ?? `postgres://postgres:evenkeel@127.0.0.1:${ports.postgres}/evenkeel`,
    stripe: choice.stripe ? (choice.stripe.apiBase ?? "https://api.stripe.com") : local(ports.stripe),
    mail: choice.smtpUrl ? null : local(ports.mail),
    smtp: choice.smtpUrl ?? `smtp://127.0.0.1:${ports.smtp}`,
    inngest: choice.inngestUrl ?? local(ports.inngest),
  };
}
