import { stripeClient } from "../demo/check-stripe";
import { onStopSignal, readFlags } from "../processes/arguments";
import { EventForwarder } from "./forward";

const EVERY_MS = 2_000;

const flags = readFlags(["webhook-url"]);
const { STRIPE_SECRET_KEY: secretKey = "", STRIPE_API_BASE: apiBase, STRIPE_WEBHOOK_SECRET: secret = "" } = process.env;
const forwarder = new EventForwarder(stripeClient({ secretKey, apiBase: apiBase || null }), {
  webhookUrl: flags["webhook-url"],
  secret,
});

let said = "";
let stopped = false;
onStopSignal(async () => {
  stopped = true;
});
console.log(`brings Stripe's events to ${flags["webhook-url"]}`);
while (!stopped) {
  const problem = await forwarder.round().catch((error: unknown) => String(error));
  if (problem && problem !== said) console.log(problem);
  said = problem ?? "";
  await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
}
