import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { onTestFinished } from "vitest";
import { now } from "@/lib/clock";

const SECRET = "whsec_inbox";

export interface WebhookInbox {
  url: string;
  secret: string;
  /** Events in the order of their arrival, each verified by the SDK. */
  events: Stripe.Event[];
  /** Answers to give next; 200 when there is none. */
  answers: number[];
  /** Resolves when so many events have come. @throws after ten seconds */
  until(count: number, type?: string): Promise<Stripe.Event[]>;
}

/** An endpoint that verifies what it gets with the official SDK, on the moved clock. */
export async function webhookInbox(): Promise<WebhookInbox> {
  const events: Stripe.Event[] = [];
  const answers: number[] = [];
  const verifier = new Stripe("sk_test_verifier");
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      events.push(
        verifier.webhooks.constructEvent(
          body,
          String(request.headers["stripe-signature"]),
          SECRET,
          300,
          undefined,
          now().getTime(),
        ),
      );
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const wanted = (type?: string) => events.filter((event) => !type || event.type === type);
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    secret: SECRET,
    events,
    answers,
    async until(count, type) {
      for (let waitedMs = 0; wanted(type).length < count; waitedMs += 10) {
        if (waitedMs > 10_000)
          throw new Error(
            `${wanted(type).length} of ${count} events came: ${events.map((event) => event.type).join(", ")}`,
          );
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return wanted(type);
    },
  };
}
