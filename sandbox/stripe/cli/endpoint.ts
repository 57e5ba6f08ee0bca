import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { now } from "@/lib/clock";

const TOLERANCE_SECONDS = 300;

export interface SignedEndpoint {
  url: string;
  secret: string;
  /** Types of the events that came and whose signature was right. */
  types: Set<string>;
  close(): Promise<void>;
}

/** A webhook endpoint that takes only what the official SDK verifies. */
export async function signedEndpoint(): Promise<SignedEndpoint> {
  const secret = "whsec_cli";
  const types = new Set<string>();
  const verifier = new Stripe("sk_test_verifier");
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      try {
        const signature = String(request.headers["stripe-signature"]);
        const body = Buffer.concat(chunks);
        const at = now().getTime();
        types.add(verifier.webhooks.constructEvent(body, signature, secret, TOLERANCE_SECONDS, undefined, at).type);
        response.writeHead(200).end();
      } catch {
        response.writeHead(400).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    secret,
    types,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
