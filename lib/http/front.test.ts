import { Agent, request as nodeRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drain } from "./front";
import { BASE_PATH } from "./openapi";
import { byRouteFile, routePaths, startFront } from "./testing";

let front: Awaited<ReturnType<typeof startFront>>;
let release: () => void;
const released = new Promise<void>((done) => {
  release = done;
});
beforeAll(async () => {
  front = await startFront(async (request, response) => {
    if (request.url === "/slow") await released;
    if (request.url === "/broken") throw new Error("a page that throws");
    response.writeHead(200, { "x-by": "next" }).end(request.url);
  });
});
afterAll(() => drain(front.server));

type Heard = { status: number; headers: Headers; text: string; reused: boolean };

/** Sends a target as it is: `fetch` would correct it. @param agent keeps connections; without one each request has its own */
function ask(method: string, target: string, body?: string, agent: Agent | false = false): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(front.url);
    const sent = nodeRequest({ host: "127.0.0.1", port, method, path: target, agent }, async (answer) => {
      let text = "";
      for await (const chunk of answer) text += chunk;
      const headers = new Headers(answer.headers as Record<string, string>);
      resolve({ status: answer.statusCode ?? 0, headers, text, reused: sent.reusedSocket });
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

const problemOf = ({ status, headers, text }: Heard) => {
  expect(headers.get("content-type")).toBe("application/problem+json");
  const problem = JSON.parse(text) as { code: string; requestId: string };
  expect(headers.get("x-request-id")).toBe(problem.requestId);
  return { status, code: problem.code };
};

describe("what Next is given", () => {
  test.each([
    "/",
    "/sign-in?callbackUrl=%2F",
    "/api/auth/csrf",
    "/api/inngest",
    "/api/metrics",
    "/api/v1/billings",
    "/api/v1/billing/",
    "/api/v1/billing/balance/",
    "/api/v1/billing//balance",
    "//api/v1/billing/balance",
    "/api/health/",
  ])("%s", async (target) => {
    const answer = await ask("GET", target);
    expect({ by: answer.headers.get("x-by"), text: answer.text }).toEqual({ by: "next", text: target });
  });

  test("health in any other way than reading it", async () => {
    expect((await ask("POST", "/api/health/live")).headers.get("x-by")).toBe("next");
    expect((await ask("HEAD", "/api/health/live")).headers.get("x-by")).toBeNull();
  });
});

describe("the listener's table and the route files", () => {
  const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
  const paths = routePaths().filter((each) => !each.includes("..."));

  test.each(paths)("%s is answered alike", async (path) => {
    const target = `${BASE_PATH}${path === "/" ? "" : path.replace(/\{\w+\}/g, "x")}`;
    for (const method of methods) {
      const listened = await ask(method, target);
      const routed = await byRouteFile(new Request(`http://localhost:3010${target}`, { method }));
      const of = (status: number, headers: Headers) => ({
        method,
        status,
        allow: headers.get("allow"),
        type: headers.get("content-type"),
      });
      expect(of(listened.status, listened.headers)).toEqual(of(routed.status, routed.headers));
      expect(listened.headers.get("x-by")).toBeNull();
    }
  });
});

describe("requests that nobody sends in earnest", () => {
  test.each(["PROPFIND", "TRACE", "PURGE", "LOCK"])("%s is no method of the API", async (method) => {
    const answer = await ask(method, "/api/v1/billing/balance");
    expect(problemOf(answer)).toEqual({ status: 405, code: "method_not_allowed" });
    expect(answer.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
  });

  test.each(["PROPFIND", "TRACE"])("%s is no method of a page", async (method) => {
    const answer = await ask(method, "/invoices");
    expect(problemOf(answer)).toEqual({ status: 405, code: "method_not_allowed" });
    expect(answer.headers.get("allow")).toContain("GET");
  });

  test.each([
    "/api/v1/billing/%ff",
    "/api/v1/billing/invoices/%",
    "/api/v1/billing/invoices/%E0%A4%A/pdf",
    "/%ff",
    "/invoices/%c3",
    "*",
  ])("%s is no path", async (target) => {
    expect(problemOf(await ask("OPTIONS", target))).toEqual({ status: 404, code: "not_found" });
  });

  test("an escaped path is the path it stands for", async () => {
    expect((await ask("GET", "/api/v1/billing/b%61lance")).status).toBe(401);
    expect((await ask("GET", "/api/v1/billing/openapi.json?x=%ff")).status).toBe(200);
  });
});

test("HEAD has the head of GET and no body", async () => {
  const get = await ask("GET", "/api/v1/billing/openapi.json");
  const head = await ask("HEAD", "/api/v1/billing/openapi.json");
  expect({ status: head.status, text: head.text }).toEqual({ status: 200, text: "" });
  expect(head.headers.get("content-type")).toBe(get.headers.get("content-type"));
  expect(head.headers.get("content-length")).toBe(String(Buffer.byteLength(get.text)));
  expect((await ask("HEAD", "/api/v1/billing/balance")).status).toBe(401);
});

test("a body that is too large is refused, and the connection goes on", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const post = (body: string) => ask("POST", "/api/v1/billing/webhooks/stripe", body, agent);
  const large = "x".repeat(3 * 1024 * 1024);
  expect(problemOf(await post(large))).toEqual({ status: 413, code: "payload_too_large" });
  const next = await post("{}");
  expect(problemOf(next)).toEqual({ status: 400, code: "webhook_signature_invalid" });
  expect(next.reused).toBe(true);
  agent.destroy();
});

test("a page that throws before it answers is a 500", async () => {
  expect(problemOf(await ask("GET", "/broken"))).toEqual({ status: 500, code: "internal" });
});

test("closing waits for what is under way, and nothing more is let in", async () => {
  const under = ask("GET", "/slow");
  await expect.poll(() => new Promise((done) => front.server.getConnections((_, n) => done(n)))).toBeGreaterThan(0);
  const drained = drain(front.server);
  await expect(ask("GET", "/")).rejects.toThrow("ECONNREFUSED");
  release();
  expect((await under).text).toBe("/slow");
  await drained;
});
