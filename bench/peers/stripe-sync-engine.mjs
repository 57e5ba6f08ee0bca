import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { runMigrations, StripeSync } from "@supabase/stripe-sync-engine";

// Stripe's webhooks taken in by the peer as its documentation shows, behind Node's own server: `stripe-sync-engine.mjs port`.
const databaseUrl = process.env.DATABASE_URL;
await runMigrations({ databaseUrl, schema: "stripe" });
const sync = new StripeSync({
  poolConfig: { connectionString: databaseUrl, max: Number(process.env.DATABASE_POOL) },
  stripeSecretKey: process.env.STRIPE_SECRET_KEY,
  stripeWebhookSecret: process.env.STRIPE_WEBHOOK_SECRET,
  backfillRelatedEntities: false,
});

createServer(async (request, response) => {
  if (request.method === "GET") return response.end("ready");
  try {
    await sync.processWebhook(await buffer(request), request.headers["stripe-signature"]);
    response.writeHead(200, { "content-type": "application/json", "content-length": 17 }).end('{"received":true}');
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
}).listen(Number(process.argv[2]), "127.0.0.1");
