import type { Addresses } from "./addresses";
import { characters, password } from "./characters";
import type { Choice } from "./choice";
import { type DataFiles, writeJson } from "./data-dir";

interface Process {
  name: string;
  pid: number;
}

/** For programs that look on from outside: where everything is. Written again whenever a part was started again. */
export function writeDemoFile(
  files: DataFiles,
  addresses: Addresses,
  choice: Choice,
  seeded: boolean,
  processes: Process[],
): void {
  writeJson(files.demo, {
    url: addresses.app,
    stripe: { url: addresses.stripe, kind: choice.stripe ? "stripe" : "stand-in" },
    mail: { url: addresses.mail },
    inngest: { url: addresses.inngest, kind: choice.inngestUrl ? "inngest" : "embedded" },
    database: { url: addresses.database },
    users: seeded ? characters.map(({ email, tenant, role }) => ({ email, password, tenant, role })) : [],
    processes,
  });
}

/** The one screen that a person reads. */
export function readyScreen(addresses: Addresses, choice: Choice, seeded: boolean): string {
  const people = characters.map(({ email, role, shows }) => `    ${email.padEnd(20)} ${role.padEnd(9)} ${shows}`);
  const events = choice.stripe?.webhookSecret ? "your endpoint" : "fetched every few seconds";
  const standIn = (real: unknown, words: string) => (real ? "" : `  ${words}`);
  const clock = `curl -X POST ${addresses.stripe}/_sandbox/clock -d '{"advance":"3d"}'`;
  return [
    "",
    `  Evenkeel is ready    ${addresses.app}`,
    "",
    ...(seeded
      ? [`  Sign in, each with the password ${password}:`, ...people, ""]
      : ["  The database is empty (--no-seed).", ""]),
    ...(addresses.mail ? [`  Mailbox              ${addresses.mail}  (nothing leaves this machine)`] : []),
    `  Stripe               ${addresses.stripe}  ${choice.stripe ? "(Stripe's test mode; no money moves)" : "(a stand-in; no money moves)"}`,
    `  Jobs                 ${addresses.inngest}${standIn(choice.inngestUrl, "(embedded executor, not the Inngest server)")}`,
    `  Database             ${addresses.database}`,
    choice.stripe ? `  Stripe's events      ${events}; time cannot be moved` : `  Move the clock       ${clock}`,
    "",
    "  Test cards: 4242 4242 4242 4242 pays, 4000 0000 0000 0341 saves and never pays, 4000 0027 6000 3184 asks each time.",
    "  Ctrl-C stops all of it; the next start goes on from here.",
    "",
  ].join("\n");
}
