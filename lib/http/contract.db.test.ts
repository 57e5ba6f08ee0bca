import { beforeAll, describe, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { newId } from "@/lib/ids";
import { badBodies, badQueries } from "@/sandbox/testing/bad-input";
import { Arranged, SAMPLES, type Sample } from "@/sandbox/testing/contract-samples";
import { useWorld } from "@/sandbox/testing/world";
import type { Endpoint } from "./endpoint";
import { ENDPOINTS } from "./registry";
import type { JsonSchema } from "./schema-fields";
import { type Answered, answerTo, type Call, call, company } from "./testing";

useTestDatabase();
const world = useWorld();

type Parameter = { name: string; in: string; schema: JsonSchema };
type Operation = {
  operationId: string;
  security: unknown[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: JsonSchema; example?: unknown }> };
  responses: Record<string, { content?: Record<string, unknown> }>;
};
type Who = Awaited<ReturnType<typeof company>>;

let document: { paths: Record<string, Record<string, Operation>> };
let stranger: Who;
beforeAll(async () => {
  document = (await call("GET", "/openapi.json")).body;
  stranger = await company();
});

const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`;
const describedAs = (endpoint: Endpoint): Operation => {
  const operation = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()];
  if (!operation) throw new Error(`${nameOf(endpoint)} is not described`);
  return operation;
};

/** Whoever just suffices. */
function allowed({ access }: Endpoint, who: Who): Promise<string> {
  if (typeof access === "string") throw new Error("open");
  if (access.role === "operator") return who.token("operator", [], "operator");
  if (access.role === undefined) return who.token("service", [access.scope]);
  return who.token(access.role === "member" ? "member" : "admin");
}

/** Whoever just does not. */
async function notAllowed({ access }: Endpoint, who: Who): Promise<string[]> {
  if (typeof access === "string") return [];
  const otherScope = access.scope === "usage:read" || access.scope === "usage:write" ? "balance:read" : "usage:read";
  const tokens = [await who.token("service", [otherScope])];
  if (access.role !== "member") tokens.push(await who.token("member"));
  if (access.role === "operator" || access.role === undefined) tokens.push(await who.token("admin"));
  return tokens;
}

function expectProblem(answer: Answered, status: number, code: string, why = "") {
  expect({ why, status: answer.status, code: answer.body?.code }).toEqual({ why, status, code });
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.headers.get("x-request-id")).toBe(answer.body.requestId);
  expect(Object.keys(answer.body).sort()).toEqual(["code", "detail", "errors", "requestId", "status", "title", "type"]);
  expect(answer.body.type).toBe(`http://localhost:3010/docs/api#${code}`);
}

/** Good input: arranged where something has to be there first, else the description's own example. */
function sampleOf(endpoint: Endpoint, tenant: Arranged): Promise<Sample> | Sample {
  const name = nameOf(endpoint);
  const arrange = SAMPLES[name];
  if (arrange) return arrange(tenant);
  const content = describedAs(endpoint).requestBody?.content["application/json"];
  if (endpoint.path.includes("{") || (content && content.example === undefined))
    throw new Error(`${name} has no good input: add it to SAMPLES in sandbox/testing/contract-samples.ts`);
  return content ? { body: content.example } : {};
}

describe.each(ENDPOINTS.map((each) => [nameOf(each), each] as const))("%s", (_name, endpoint) => {
  const { method, path } = endpoint;
  const isOpen = typeof endpoint.access === "string";
  const takesBody = method !== "GET" && method !== "DELETE";
  let sample: Sample;
  let tenant: Arranged;
  let token: string | undefined;
  beforeAll(async () => {
    tenant = await Arranged.tenant(world);
    sample = await sampleOf(endpoint, tenant);
    token = isOpen ? undefined : await allowed(endpoint, tenant.who);
  });

  const target = () => path.replace(/\{\w+\}/, () => encodeURIComponent(sample.id ?? ""));
  const send = (more: Call & { query?: string } = {}) => {
    const { query = sample.query, ...options } = more;
    const body = takesBody && !("raw" in options) ? (sample.body ?? {}) : undefined;
    const key = method === "POST" && !isOpen ? newId() : undefined;
    const input = sample.raw === undefined ? { body } : { raw: sample.raw };
    return call(method, `${target()}${query ? `?${query}` : ""}`, {
      ...input,
      ...(key && { key }),
      ...(sample.headers && { headers: sample.headers }),
      ...options,
    });
  };

  if (!isOpen) {
    test("nobody without a good token", async () => {
      expectProblem(await send(), 401, "unauthenticated");
      expectProblem(await send({ token: "a.b.c" }), 401, "unauthenticated");
    });

    test("not with a smaller role or another scope", async () => {
      for (const weak of await notAllowed(endpoint, tenant.who))
        expectProblem(await send({ token: weak }), 403, "forbidden");
    });

    test("not with a query that is not described", async () => {
      for (const query of badQueries(describedAs(endpoint).parameters ?? []))
        expectProblem(await send({ token, query }), 422, "invalid_request", query);
    });
  }

  if (!isOpen && takesBody) {
    test("not with a body that is not described", async () => {
      const good = (sample.body ?? {}) as Record<string, unknown>;
      const unknown = await send({ token, body: { ...good, nonsense: 1 } });
      expectProblem(unknown, 422, "invalid_request", "an unknown field");
      expect(unknown.body.errors.map((each: { path: string }) => each.path)).toContain("nonsense");
      const schema = describedAs(endpoint).requestBody?.content["application/json"]?.schema;
      for (const { why, field, body } of schema ? badBodies(schema, good) : []) {
        const answer = await send({ token, body });
        expectProblem(answer, 422, "invalid_request", why);
        const paths: string[] = answer.body.errors.map((each: { path: string }) => each.path);
        expect({
          why,
          paths,
          named: paths.some((each) => each === field || each.startsWith(`${field}.`)),
        }).toMatchObject({
          named: true,
        });
      }
      expectProblem(await send({ token, raw: "{" }), 400, "malformed_json");
      expectProblem(await send({ token, raw: "[]" }), 422, "invalid_request");
      const asText = { "content-type": "text/plain" };
      expectProblem(await send({ token, raw: "a=b", headers: asText }), 415, "unsupported_media_type");
      expectProblem(await send({ token, raw: `"${"x".repeat(1_100_000)}"` }), 413, "payload_too_large");
    });
  }

  if (endpoint.movesMoney) {
    test("not without a key, as it moves money", async () => {
      const body = sample.body ?? {};
      expectProblem(await call(method, target(), { token, body }), 400, "idempotency_key_required");
      for (const key of ["", "x".repeat(256)])
        expectProblem(await send({ token, key }), 400, "idempotency_key_invalid");
    });
  }

  if (path.includes("{id}")) {
    test("not what is another tenant's, or is no id at all", async () => {
      expectProblem(await send({ token: await allowed(endpoint, stranger) }), 404, "not_found");
      const nothing = path.replace("{id}", "no-id");
      const options = {
        token,
        ...(takesBody && { body: sample.body ?? {} }),
        ...(method === "POST" && { key: newId() }),
      };
      expectProblem(await call(method, nothing, options), 404, "not_found");
    });
  }

  test("good input is answered as described, whatever was refused before", async () => {
    const request = new Request(`http://localhost:3010/api/v1/billing${target()}`, { method });
    const answer = method === "GET" && token ? await answerTo(withToken(request, token)) : await send({ token });
    const [status, described] =
      Object.entries(describedAs(endpoint).responses).find(([code]) => Number(code) < 300) ??
      expect.unreachable("no good answer");
    const body = answer instanceof Response ? await answer.clone().text() : answer.body;
    expect({ status: answer.status, body: answer.status < 300 ? "" : body }).toEqual({
      status: Number(status),
      body: "",
    });
    const plain = (type: string | null) => type?.split(";")[0];
    const types = Object.keys(described.content ?? {}).map(plain);
    if (types.length > 0) expect(types).toContain(plain(answer.headers.get("content-type")));
  });

  test("other methods answer 405", async () => {
    const own = Object.keys(document.paths[path] ?? {}).map((each) => each.toUpperCase());
    for (const other of ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((each) => !own.includes(each))) {
      const answer = await call(other, target());
      expectProblem(answer, 405, "method_not_allowed");
      expect(answer.headers.get("allow")).toContain(method);
    }
  });
});

const withToken = (request: Request, token: string): Request => {
  request.headers.set("authorization", `Bearer ${token}`);
  return request;
};

test("what is described is what there is", () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((member) => member !== "description")
      .map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.sort()).toEqual(ENDPOINTS.map(nameOf).sort());
});

test("no sample is left of an endpoint that is gone", () => {
  expect(Object.keys(SAMPLES).filter((name) => !ENDPOINTS.some((each) => nameOf(each) === name))).toEqual([]);
});
