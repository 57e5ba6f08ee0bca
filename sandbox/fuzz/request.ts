import type { Random } from "../simulator/random";
import type { Caller } from "./callers";
import type { Description, Operation, Parameter } from "./description";
import type { Known } from "./known";
import { oddString } from "./odd";
import { spoil, spoilText } from "./spoil";
import { pathOf, queryOf } from "./target";
import { type Source, valueFor } from "./values";

/** How the body goes over the wire; `cut`: the connection breaks off before its end. */
export type Delivery = "length" | "chunked" | "cut";

export type FuzzRequest = {
  /** What the path and the method name; null when that is nothing of the description. */
  operation: Operation | null;
  method: string;
  /** Path and query, as they go over the wire. */
  target: string;
  headers: Record<string, string>;
  body: Buffer | null;
  delivery: Delivery;
  caller: Caller;
  /** The tenant that a header or the body names. */
  namedTenant: string | null;
  /** Why it must be refused, if that is sure. */
  wrong: string | null;
};

export type World = { description: Description; known: Known; callers: Caller[]; tenantIds: string[]; nowMs: number };

const ALL_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "SEARCH"];
const TYPES = [
  "text/plain",
  "application/x-www-form-urlencoded",
  "application/xml",
  "application/json; charset=utf-16",
  "application/vnd.api+json",
  "APPLICATION/JSON",
  "application/jsonx",
  "multipart/form-data; boundary=x",
  "",
];
const latin1 = (text: string) => text.replace(/[^\x20-\x7e\xa0-\xff]/g, "?");

/** Mostly somebody who may do nearly everything in a tenant; the first one has the most rows. */
function chooseCaller(random: Random, callers: Caller[]): Caller {
  const kind = random.weighted({ able: 68, any: 25, worthless: 7 });
  const withTenant = callers.filter((each) => each.tenantId !== null);
  if (kind === "worthless") return random.pick(callers.filter((each) => each.tenantId === null));
  if (kind === "any") return random.pick(withTenant);
  const able = withTenant.filter((each) => each.isAble);
  return random.chance(0.5) ? (able[0] as Caller) : random.pick(able);
}

function headersFor(operation: Operation, random: Random, world: World, caller: Caller): Record<string, string> {
  const headers: Record<string, string> = { ...caller.headers };
  const has = (name: string) => operation.parameters.find((each) => each.in === "header" && each.name === name);
  const key: Parameter | undefined = has("Idempotency-Key");
  if (key && random.chance(key.required ? 0.96 : 0.4)) {
    const how = random.weighted({ fresh: 85, again: 8, odd: 7 });
    const fresh = `key-${random.between(0, 2 ** 31)}`;
    if (how === "odd") headers["idempotency-key"] = latin1(oddString(random)).slice(0, 8_000);
    else {
      headers["idempotency-key"] =
        how === "again" ? String(world.known.field(random, "idempotency-key") ?? fresh) : fresh;
      world.known.learnField("idempotency-key", headers["idempotency-key"]);
    }
  }
  if (has("Evenkeel-Tenant") && random.chance(caller.role === "operator" ? 0.5 : 0.06))
    headers["evenkeel-tenant"] = random.chance(0.7)
      ? random.pick(world.tenantIds)
      : latin1(oddString(random)).slice(0, 8_000);
  if (random.chance(0.03)) headers["x-request-id"] = latin1(oddString(random)).slice(0, 4_000);
  if (random.chance(0.02)) headers["if-match"] = '"x"';
  if (random.chance(0.02)) headers["if-none-match"] = "*";
  if (random.chance(0.02)) headers["if-modified-since"] = "Mon, 02 Nov 2026 12:00:00 GMT";
  if (random.chance(0.02)) headers.range = "bytes=5-1";
  if (random.chance(0.02)) headers["accept-language"] = latin1(oddString(random)).slice(0, 4_000);
  if (random.chance(0.03))
    headers["stripe-signature"] = random.pick(["t=1,v1=00", "", "t=x", latin1(oddString(random)).slice(0, 4_000)]);
  return headers;
}

type Body = Pick<FuzzRequest, "body" | "wrong"> & { named: unknown };

function parsed(text: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text));
  } catch {
    return undefined;
  }
}

function bodyFor(operation: Operation, source: Source): Body {
  const { random, known } = source;
  const { schema = {}, example, validate = null } = operation.body ?? {};
  const isExample = example !== undefined && random.chance(0.3);
  let value = isExample ? structuredClone(example) : operation.body ? valueFor(schema, source) : {};
  for (let more = random.pick([0, 0, 0, 1, 1, 2]); more > 0; more--) value = spoil(random, known, value);
  const text = JSON.stringify(value) ?? "";
  const body = random.chance(0.1) ? spoilText(random, text) : Buffer.from(text);
  const sent = body.length === 0 ? {} : parsed(body);
  const isWrong = sent === undefined || (validate !== null && !validate(sent));
  const named = sent && typeof sent === "object" && "tenantId" in sent ? sent.tenantId : null;
  return { body, wrong: isWrong ? "the body is not what the description allows" : null, named };
}

/** The next request, as a stranger's program makes it who knows the description and what answers have taught. */
export function makeRequest(random: Random, world: World): FuzzRequest {
  const { description, known, callers, nowMs } = world;
  const source: Source = { random, known, nowMs };
  const operation = random.pick(description.operations);
  const caller = chooseCaller(random, callers);
  const headers = headersFor(operation, random, world, caller);
  const path = pathOf(operation, source, caller.tenantId ?? "");
  const query = queryOf(operation, source);
  const target = `${path.target}${query.text}`;
  const named = headers["evenkeel-tenant"] ?? null;
  const common = { target, headers, caller, namedTenant: named };
  if (random.chance(0.03)) {
    const own = description.methods.get(operation.path) ?? [];
    const method = random.pick(ALL_METHODS.filter((each) => !own.includes(each)));
    return { ...common, operation: null, method, body: null, delivery: "length", wrong: null };
  }
  const { method } = operation;
  const known404 = path.isBroken ? null : operation;
  if (method === "GET" || method === "DELETE") {
    const body = random.chance(0.02) ? Buffer.from('{"x":1}') : null;
    return { ...common, operation: known404, method, body, delivery: "length", wrong: query.wrong };
  }
  const made = bodyFor(operation, source);
  headers["content-type"] = random.chance(0.96) ? "application/json" : random.pick(TYPES);
  if (random.chance(0.02)) delete headers["content-type"];
  if (random.chance(0.01)) headers["content-encoding"] = "gzip";
  return {
    ...common,
    operation: known404,
    method,
    body: made.body,
    delivery: random.weighted<Delivery>({ length: 90, chunked: 8, cut: 2 }),
    wrong: query.wrong ?? (operation.body ? made.wrong : null),
    namedTenant: named ?? (typeof made.named === "string" ? made.named : null),
  };
}
