import { afterAll, test, vi } from "vitest";
import { startTestServer, testClient } from "../testing/app";
import { findServer } from "./find-server";
import type { HostKind } from "./host";
import { protocolScenarios } from "./protocol";

// Real time: what is a second in a scenario takes one.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
/** A server's queue has a tick of its own. */
const LATENESS_MS = 700;

const server = await findServer(process.env);
afterAll(() => server?.stop());

for (const checkpointing of server ? [true, false] : []) {
  const kind: HostKind = {
    name: `Inngest server at ${server?.url}, ${checkpointing ? "checkpointing" : "no checkpointing"}`,
    patienceMs: 30_000,
    async open(make) {
      const app = await startTestServer(Number(process.env.INNGEST_SCENARIO_PORT ?? 0));
      const client = testClient({
        baseUrl: server?.url ?? "",
        signingKey: server?.signingKey ?? undefined,
        eventKey: process.env.INNGEST_EVENT_KEY,
        checkpointing,
      });
      app.serve(client, make(client));
      const registered = await fetch(app.url, { method: "PUT" });
      if (!registered.ok) throw new Error(`the server refused the functions: ${await registered.text()}`);
      return {
        client,
        now: () => new Date(performance.timeOrigin + performance.now()),
        pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms + LATENESS_MS)),
        close: () => app.kill(),
      };
    },
  };
  protocolScenarios(kind);
}

if (server === null)
  test("no Inngest server: set INNGEST_BASE_URL or INNGEST_CLI to run the scenarios against one", () => {});
