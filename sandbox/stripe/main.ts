import { onStopSignal, readFlags } from "../processes/arguments";
import { startStripe } from "./server";

const flags = readFlags(
  ["port"],
  ["data", "webhook-url", "webhook-secret", "inngest-url", "secret-key", "publishable-key"],
);

// Loaded when it is wanted only: it needs TypeScript, and normal use should not pay for it.
const reportFile = process.env.EVENKEEL_CONTRACT_REPORT;
const watch = reportFile ? await (await import("./contract/report")).reportTo(reportFile) : null;

const stripe = await startStripe({
  port: Number(flags.port),
  dataDir: flags.data,
  webhookUrl: flags["webhook-url"],
  webhookSecret: flags["webhook-secret"],
  inngestUrl: flags["inngest-url"],
  secretKey: flags["secret-key"],
  publishableKey: flags["publishable-key"],
  ...(watch && { inspector: watch.inspector }),
});
onStopSignal(async () => {
  await stripe.close();
  watch?.finish();
});
console.log(`Stripe stand-in (not Stripe) listens on ${stripe.url}`);
