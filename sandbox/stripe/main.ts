import { onStopSignal, readFlags } from "../processes/arguments";
import { startStripe } from "./server";

const flags = readFlags(
  ["port"],
  ["data", "webhook-url", "webhook-secret", "inngest-url", "secret-key", "publishable-key"],
);

const stripe = await startStripe({
  port: Number(flags.port),
  dataDir: flags.data,
  webhookUrl: flags["webhook-url"],
  webhookSecret: flags["webhook-secret"],
  inngestUrl: flags["inngest-url"],
  secretKey: flags["secret-key"],
  publishableKey: flags["publishable-key"],
});
onStopSignal(() => stripe.close());
console.log(`Stripe stand-in (not Stripe) listens on ${stripe.url}`);
