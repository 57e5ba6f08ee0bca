import { readdirSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { encode } from "next-auth/jwt";
import { afterAll } from "vitest";
import { systemDb } from "@/db/client";
import { type Role, users } from "@/db/schema";
import type { Scope, TokenRole } from "@/lib/auth/roles";
import { sessionCookieName, startSession } from "@/lib/auth/sessions";
import { createToken } from "@/lib/auth/tokens";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import type { ErrorCode } from "@/lib/errors";
import { newId, type TenantId, type UserId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { addMember, createTenant } from "@/lib/tenants/commands";
import { createFront, drain, type NodeHandler } from "./front";
import { BASE_PATH, schemaJson } from "./openapi";
import { refusalsOf } from "./refusals";
import { ENDPOINTS } from "./registry";
import type { RouteHandler } from "./routes";

const FOLDER = path.resolve(`app${BASE_PATH}`);

/** The route files as paths of the API: `balance/recharges/[id]` → `/balance/recharges/{id}`. */
export function routePaths(): string[] {
  return readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "route.ts")
    .map((file) => `/${path.dirname(file).replace(/\[(\w+)\]/g, "{$1}")}`.replace(/^\/\.$/, "/"));
}

function matchRoute(pathname: string): { route: string; params: Record<string, string> } {
  for (const route of routePaths()
    .filter((each) => !each.includes("..."))
    .sort((a, b) => a.split("{").length - b.split("{").length)) {
    const names = [...route.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? "");
    const match = new RegExp(`^${route.replace(/\./g, "\\.").replace(/\{\w+\}/g, "([^/]+)")}$`).exec(pathname);
    if (match) return { route, params: Object.fromEntries(names.map((name, i) => [name, match[i + 1] ?? ""])) };
  }
  return { route: "/[...unknown]", params: {} };
}

const ajv = new Ajv2020({ strict: false, validateFormats: false });

/** Every answer of a test is compared with what the description says about it. @throws Error when they differ */
function expectDocumented(method: string, route: string, status: number, body: unknown): void {
  const endpoint = ENDPOINTS.find((each) => each.method === method && each.path === route);
  if (!endpoint) return;
  if (status >= 400) {
    const { code } = body as { code: ErrorCode };
    if (!refusalsOf(endpoint).includes(code))
      throw new Error(`${method} ${route} answered ${status} ${code}, which is not documented`);
    return;
  }
  if (status !== endpoint.answer.status)
    throw new Error(`${method} ${route} answered ${status}; documented is ${endpoint.answer.status}`);
  if (endpoint.answer.schema && !ajv.validate(schemaJson(endpoint.answer.schema, "output"), body)) {
    throw new Error(`${method} ${route} answered otherwise than documented: ${ajv.errorsText()}`);
  }
}

export type Call = {
  token?: string;
  cookie?: string;
  body?: unknown;
  raw?: string;
  key?: string;
  headers?: Record<string, string>;
};
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
export type Answered = { status: number; headers: Headers; body: any };

/** By the route file of its path, as a platform does that knows nothing else. */
export async function byRouteFile(request: Request): Promise<Response> {
  const { route, params } = matchRoute(new URL(request.url).pathname.slice(BASE_PATH.length));
  const file = path.join(FOLDER, route.replace(/\{(\w+)\}/g, "[$1]"), "route.ts");
  const handlers = (await import(/* @vite-ignore */ file)) as Record<string, RouteHandler>;
  const response = await handlers[request.method]?.(request, { params: Promise.resolve(params) });
  if (!response) throw new Error(`${file} does not export ${request.method}`);
  return response;
}

/** Starts the server of production on a free port. @param next in the place of Next */
export async function startFront(
  next: NodeHandler = (_request, response) => void response.writeHead(404).end("from Next"),
  jobs?: NodeHandler,
): Promise<{ server: Server; url: string }> {
  const server = createFront(next, jobs);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

let front: Promise<{ server: Server; url: string }> | undefined;

/** By the server of production, over the wire. */
async function byFront(request: Request): Promise<Response> {
  front ??= startFront();
  const { pathname, search } = new URL(request.url);
  const body = request.body ? await request.arrayBuffer() : undefined;
  return fetch(`${(await front).url}${pathname}${search}`, { method: request.method, headers: request.headers, body });
}

let door: (request: Request) => Promise<Response> = byRouteFile;

/** From here on the tests of this file go through the server of production instead of the route files. */
export function throughFront(): void {
  door = byFront;
  afterAll(async () => {
    door = byRouteFile;
    const server = (await front)?.server;
    front = undefined;
    if (server) await drain(server);
  });
}

/** Answers a request as a server does. */
export async function answerTo(request: Request): Promise<Response> {
  const { route } = matchRoute(new URL(request.url).pathname.slice(BASE_PATH.length));
  const response = await door(request);
  if (/json/.test(response.headers.get("content-type") ?? ""))
    expectDocumented(request.method, route, response.status, await response.clone().json());
  return response;
}

/** Calls the API. The body of an answer that is no JSON is its text. */
export async function call(method: string, target: string, options: Call = {}): Promise<Answered> {
  const headers = new Headers(options.headers);
  if (options.token) headers.set("authorization", `Bearer ${options.token}`);
  if (options.cookie) headers.set("cookie", options.cookie);
  if (options.key !== undefined) headers.set("idempotency-key", options.key);
  const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  if (body !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
  const response = await answerTo(new Request(`${env().BILLING_URL}${BASE_PATH}${target}`, { method, headers, body }));
  const text = await response.text();
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : isJson ? JSON.parse(text) : text,
  };
}

export type Person = { userId: UserId; email: string; cookie: string };

/** A person with a session; a member of the tenant when a role is given, an operator without a tenant. */
export async function person(role: Role | "operator", tenantId?: TenantId): Promise<Person> {
  const userId = newId<UserId>();
  const email = `${userId}@people.test`;
  await systemDb()
    .insert(users)
    .values({ userId, email, name: role, isOperator: role === "operator", createdAt: now() });
  if (tenantId && role !== "operator") await systemDb().transaction((tx) => addMember(tx, tenantId, userId, role));
  const sid = await startSession(userId, "test");
  return {
    userId,
    email,
    cookie: `${sessionCookieName()}=${await encode({ token: { sid }, secret: env().NEXTAUTH_SECRET })}`,
  };
}

/** A new tenant with one person per role, and a way to make tokens. */
export async function company(currency = "USD") {
  const tenantId = await systemDb().transaction((tx) => {
    const slug = `t-${newId()}`;
    return createTenant(tx, { slug, name: slug, currency: toCurrency(currency), timeZone: "UTC" });
  });
  const people = {
    owner: await person("owner", tenantId),
    admin: await person("admin", tenantId),
    member: await person("member", tenantId),
  };
  const token = async (role: TokenRole, scopes: Scope[] = [], maker: "owner" | "operator" = "owner") => {
    const made = maker === "operator" ? await person("operator") : people.owner;
    const scope = { tenantId, role: maker, userId: made.userId, actor: made.email, scopes: [] } as const;
    return (await createToken(scope, { name: `${role} token`, role, scopes, expiresInDays: 30 })).jwt;
  };
  return { tenantId, people, token };
}
