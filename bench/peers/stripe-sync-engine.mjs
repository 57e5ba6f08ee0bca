import { createServer } from "node:http";
import { createRequire } from "node:module";
import { buffer } from "node:stream/consumers";

// Its ES module asks for `__dirname` where its migrations are, and hides that there is none: the other build works.
const { runMigrations, StripeSync } = createRequire(import.meta.url)("@supabase/stripe-sync-engine");

// Stripe's webhooks taken in by the peer as its documentation shows, behind Node's own server: `stripe-sync-engine.mjs port`.
const databaseUrl = process.env.DATABASE_URL;
const logger = {
  info() {},
  error(error) {
    throw error;
  },
};
await runMigrations({ databaseUrl, schema: "stripe", logger });
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
