import { z } from "zod";
import { receiveStripeEvent } from "@/lib/webhooks/receive";
import { readBytes } from "../body";
import { endpoint } from "../endpoint";

export const postStripeWebhook = endpoint({
  method: "POST",
  path: "/webhooks/stripe",
  tag: "Webhooks",
  summary: "Receive an event of Stripe",
  description:
    "Authenticated by the Stripe-Signature header alone. The event is stored and handled later; one that was seen before is answered the same.",
  access: "signature",
  answer: { status: 200, description: "Stored, or seen before", schema: z.object({ received: z.literal(true) }) },
  refusals: ["webhook_signature_invalid", "payload_too_large", "internal"],
  handle: async ({ request }) => {
    const body = (await readBytes(request)).toString("utf8");
    await receiveStripeEvent(body, request.headers.get("stripe-signature"));
    return { body: { received: true } };
  },
});
