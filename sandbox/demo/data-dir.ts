import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Everything a demo keeps lies in one folder. */
export function dataFiles(dataDir: string) {
  const at = (name: string) => path.join(dataDir, name);
  return {
    postgres: at("postgres"),
    stripe: at("stripe"),
    mail: at("mail"),
    logs: at("logs"),
    clock: at("clock"),
    stripeAccount: at("stripe-account"),
    secrets: at("secrets.json"),
    ports: at("ports.json"),
    processes: at("processes.json"),
    demo: at("demo.json"),
  };
}

export type DataFiles = ReturnType<typeof dataFiles>;

/** Removes what a demo keeps, and nothing else that may lie in the folder. */
export function resetDataDir(files: DataFiles): void {
  for (const file of Object.values(files)) rmSync(file, { recursive: true, force: true });
}

export function prepareDataDir(files: DataFiles): void {
  for (const folder of [files.stripe, files.mail, files.logs]) mkdirSync(folder, { recursive: true });
  if (!existsSync(files.clock)) writeFileSync(files.clock, "0");
}

export function readJson<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as T;
  } catch {
    return null;
  }
}

/** Replaces the file at once: whoever reads it sees the old or the new content, never half of one. */
export function writeJson(file: string, value: unknown): void {
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/**
 * Notes to which Stripe account the customers and cards of this folder belong. Keys of one account begin alike.
 * @param secretKey null: the stand-in
 * @throws Error in plain words when it was another one
 */
export function keepStripeAccount(files: DataFiles, secretKey: string | null): void {
  const account = secretKey ? secretKey.replace(/^[a-z]+_test_/, "").slice(0, 16) : "stand-in";
  const kept = existsSync(files.stripeAccount) ? readFileSync(files.stripeAccount, "utf8") : null;
  const before = kept ?? (existsSync(files.secrets) ? "stand-in" : account);
  if (before !== account)
    throw new Error(
      `What is kept in ${path.dirname(files.secrets)} belongs to ${before === "stand-in" ? "the Stripe stand-in" : "another Stripe account"}. Choose another --data DIR, or --reset.`,
    );
  writeFileSync(files.stripeAccount, account);
}

export interface Secrets {
  nextAuthSecret: string;
  stripeSecretKey: string;
  stripePublishableKey: string;
  stripeWebhookSecret: string;
}

/** The secrets of this demo: made at the first start and kept, so that sessions and signatures stay valid. */
export function keepSecrets(files: DataFiles): Secrets {
  const kept = readJson<Secrets>(files.secrets);
  if (kept) return kept;
  const random = () => randomBytes(18).toString("hex");
  const secrets = {
    nextAuthSecret: random(),
    stripeSecretKey: `sk_test_standin${random()}`,
    stripePublishableKey: `pk_test_standin${random()}`,
    stripeWebhookSecret: `whsec_${random()}`,
  };
  writeJson(files.secrets, secrets);
  return secrets;
}
