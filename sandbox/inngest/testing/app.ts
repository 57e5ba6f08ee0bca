import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/node";

export const TEST_KEY = "signkey-test-12345678abcdef00";

const silent = { info() {}, warn() {}, error() {}, debug() {} };

/** The SDK's client as an app has it: signed or, as with the dev server, not. */
export function testClient(executorUrl: string, signed = false): Inngest {
  const keys = signed ? { isDev: false, signingKey: TEST_KEY, eventKey: "test" } : { isDev: true };
  return new Inngest({ id: "lab", baseUrl: executorUrl, logger: silent, ...keys });
}

export interface TestApp {
  url: string;
  /** Breaks every connection and stops listening, as a killed process does. */
  kill(): Promise<void>;
  /** Listens again, on the same port. */
  revive(): Promise<void>;
}

/** An app with the SDK's own handler on 127.0.0.1; its functions are set once the executor's address is known. */
export class TestServer implements TestApp {
  #server: Server | null = null;
  #port = 0;
  #handler: ReturnType<typeof serve> | null = null;

  get url(): string {
    return `http://127.0.0.1:${this.#port}/api/inngest`;
  }

  async revive(): Promise<void> {
    const server = createServer((request, response) => {
      if (this.#handler) this.#handler(request, response);
      else response.writeHead(503).end();
    });
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  serve(client: Inngest, functions: InngestFunction.Any[]): void {
    this.#handler = serve({ client, functions });
  }

  async kill(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
}

export async function startTestServer(): Promise<TestServer> {
  const server = new TestServer();
  await server.revive();
  return server;
}
