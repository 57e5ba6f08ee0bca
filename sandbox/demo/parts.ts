import { createRequire } from "node:module";
import path from "node:path";
import { startPostgres } from "../postgres/start";
import type { Addresses } from "./addresses";
import type { Choice } from "./choice";
import type { DataFiles, Secrets } from "./data-dir";
import type { Ports } from "./ports";
import { launchCommand, type Part, rotateLog } from "./supervise";

export interface PartSettings {
  addresses: Addresses;
  choice: Choice;
  files: DataFiles;
  ports: Ports;
  secrets: Secrets;
  env: Record<string, string | undefined>;
  host: string;
  dev: boolean;
}

const ROOT = path.resolve(import.meta.dirname, "../..");

export function postgresPart({ files, ports }: PartSettings): Part {
  const logFile = path.join(files.logs, "postgres.log");
  return {
    name: "postgres",
    stopSignal: "SIGINT",
    launch: () => startPostgres({ dataDir: files.postgres, port: ports.postgres, logFile, detached: true }),
  };
}

export function stripePart(settings: PartSettings): Part {
  const { addresses, choice, files, ports, secrets } = settings;
  return scriptPart("stripe", settings, {
    port: String(ports.stripe),
    data: files.stripe,
    "webhook-url": `${addresses.app}/api/v1/billing/webhooks/stripe`,
    "webhook-secret": secrets.stripeWebhookSecret,
    "secret-key": secrets.stripeSecretKey,
    "publishable-key": secrets.stripePublishableKey,
    ...(choice.inngestUrl ? {} : { "inngest-url": addresses.inngest }),
  });
}

/** Brings Stripe's own events to the app, where no endpoint and no `stripe listen` does. */
export function eventsPart(settings: PartSettings): Part {
  const webhookUrl = `${settings.addresses.app}/api/v1/billing/webhooks/stripe`;
  return scriptPart("stripe-events", settings, { "webhook-url": webhookUrl });
}

export function mailPart(settings: PartSettings): Part {
  const { files, ports } = settings;
  return scriptPart("mail", settings, { port: String(ports.mail), "smtp-port": String(ports.smtp), data: files.mail });
}

export function inngestPart(settings: PartSettings): Part {
  const { addresses, ports } = settings;
  return scriptPart("inngest", settings, {
    port: String(ports.inngest),
    "app-url": `${addresses.app}/api/inngest`,
  });
}

/** The server itself, without a process in between: whoever kills this process id kills the app. */
export function appPart({ dev, env, files, host, ports }: PartSettings): Part {
  const program = dev
    ? [createRequire(import.meta.url).resolve("next/dist/bin/next"), "dev"]
    : [path.join(ROOT, "scripts", "serve.mjs")];
  return nodePart("app", [...program, "--port", String(ports.app), "--hostname", host], env, files);
}

function scriptPart(name: string, { env, files }: PartSettings, flags: Record<string, string>): Part {
  const script = path.join(ROOT, "sandbox", name, "main.ts");
  const args = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]);
  return nodePart(name, ["--import", "tsx", script, ...args], env, files);
}

function nodePart(name: string, args: string[], env: PartSettings["env"], files: DataFiles): Part {
  const logFile = path.join(files.logs, `${name}.log`);
  return {
    name,
    launch() {
      rotateLog(logFile);
      return launchCommand({ program: process.execPath, args, env, cwd: ROOT, logFile });
    },
  };
}
