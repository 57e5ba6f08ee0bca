import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/node";

export const TEST_KEY = "signkey-test-12345678abcdef00";

const silent = { info() {}, warn() {}, error() {}, debug() {} };

export interface ClientOptions {
  baseUrl: string;
  /** Calls are signed with it; without one they are not, as with the dev server. */
  signingKey?: string;
  eventKey?: string;
  /** Whether the SDK reports steps while their call is open. */
  checkpointing?: boolean;
}

/** The SDK's client as an app has it. */
export function testClient({ signingKey, eventKey = "test", ...options }: ClientOptions): Inngest {
  const keys = signingKey ? { isDev: false, signingKey, eventKey } : { isDev: true };
  return new Inngest({ id: "lab", logger: silent, ...options, ...keys });
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
  #port: number;
  #handler: ReturnType<typeof serve> | null = null;

  /** @param port 0 for a free one */
  constructor(port = 0) {
    this.#port = port;
  }

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

/** @param port 0 for a free one */
export async function startTestServer(port = 0): Promise<TestServer> {
  const server = new TestServer(port);
  await server.revive();
  return server;
}
