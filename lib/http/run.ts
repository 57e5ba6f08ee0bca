import { z } from "zod";
import type { TenantScope } from "@/lib/auth/scope";
import { AppError, ERROR_CODES, invariant } from "@/lib/errors";
import type { TenantId } from "@/lib/ids";
import { addLogContext, currentLogContext } from "@/lib/log";
import { type Currency, toCurrency } from "@/lib/money/currency";
import { findTenant } from "@/lib/tenants/queries";
import { readJson } from "./body";
import { authenticate, authorize, type Caller } from "./caller";
import { requestHash } from "./canonical";
import type { Answer, Context, Endpoint } from "./endpoint";
import { type Claim, claimKey, idempotencyKeyOf, releaseKey, storeAnswer } from "./idempotency";
import { jsonResponse, jsonTextResponse, textOf } from "./json-response";
import { moneyIn } from "./money";
import { problemResponse } from "./problem";
import { takeFromAllowance } from "./rate-limit";
import { seal, unseal } from "./sealed";
import { isUnstorable } from "./text";
import { queryOf, validate } from "./validate";
import { webStream } from "./web-stream";

const NOTHING = z.strictObject({});
const takesBody = (endpoint: Endpoint) => endpoint.method !== "GET" && endpoint.method !== "DELETE";
const requestId = () => currentLogContext().requestId ?? "";

function responseOf(answer: Answer, status: number): Response {
  const headers = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Request-Id": requestId(),
    ...answer.headers,
  };
  if (answer.stream) return new Response(webStream(answer.stream), { status, headers });
  return answer.body === undefined
    ? new Response(null, { status, headers })
    : jsonResponse(answer.body, status, headers);
}

/** Refusals before anything was done leave the key free; so do failures on our side, after which a retry must run again. */
const isFinal = (status: number) => status < 500 && status !== 422 && status !== 429;

async function runOnce(
  endpoint: Endpoint,
  claim: Claim,
  context: Context<unknown, unknown, unknown>,
): Promise<Response> {
  let response: Response;
  try {
    const answer = await endpoint.handle(context);
    response = responseOf(answer, answer.status ?? endpoint.answer.status);
  } catch (error) {
    const status = error instanceof AppError ? ERROR_CODES[error.code][0] : 500;
    if (!isFinal(status)) {
      await releaseKey(claim);
      throw error;
    }
    response = problemResponse(error, requestId());
  }
  const body = await textOf(response);
  await storeAnswer(claim, { status: response.status, body: endpoint.secretAnswer ? seal(body) : body });
  return response;
}

function replay(endpoint: Endpoint, first: { status: number; body: string }): Response {
  const body = endpoint.secretAnswer ? unseal(first.body) : first.body;
  const type = first.status < 400 ? "application/json" : "application/problem+json";
  const headers = {
    "Content-Type": type,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Request-Id": requestId(),
    "Idempotent-Replayed": "true",
  };
  return body === ""
    ? new Response(null, { status: first.status, headers })
    : jsonTextResponse(body, first.status, headers);
}

type Acting = { scope: TenantScope; currency: Currency };

/** On which tenant an operator acts whose call names it in the body. */
async function tenantOfBody(caller: Caller, body: unknown): Promise<Acting | null> {
  const named = z.looseObject({ tenantId: z.uuid() }).safeParse(body);
  if (!named.success) return null;
  const tenant = await findTenant(named.data.tenantId as TenantId);
  if (!tenant) throw new AppError("not_found", "There is no such tenant");
  const scope: TenantScope = {
    tenantId: tenant.tenantId,
    role: caller.role,
    userId: caller.userId,
    actor: caller.actor,
    scopes: [],
  };
  return { scope, currency: tenant.currency };
}

function actingOn(caller: Caller): Acting {
  if (caller.scope && caller.currency) return { scope: caller.scope, currency: caller.currency };
  throw new AppError("forbidden", "Name the tenant to act on in the header Evenkeel-Tenant");
}

function paramsOf(endpoint: Endpoint, params: Record<string, string>): unknown {
  if (!endpoint.params) return undefined;
  const result = endpoint.params.safeParse(params);
  // An id that cannot be one of ours is the id of nothing.
  if (!result.success || Object.values(params).some(isUnstorable)) throw new AppError("not_found");
  return result.data;
}

const bodySchemas = new WeakMap<Endpoint, Map<Currency, z.ZodType>>();

/** What a body must be; made once for each currency, because making a schema takes many times as long as checking with it. */
function bodySchema(endpoint: Endpoint, currency: Currency): z.ZodType {
  if (!endpoint.body) return NOTHING;
  const made = bodySchemas.get(endpoint) ?? new Map<Currency, z.ZodType>();
  bodySchemas.set(endpoint, made);
  const schema = made.get(currency) ?? endpoint.body(moneyIn(currency));
  made.set(currency, schema);
  return schema;
}

async function runPublic(endpoint: Endpoint, request: Request): Promise<Response> {
  const context = { params: undefined, query: undefined, body: undefined, requestKey: null, request };
  const answer = await endpoint.handle({
    ...context,
    get scope(): never {
      throw new Error(`${endpoint.path} has no scope`);
    },
    get currency(): never {
      throw new Error(`${endpoint.path} has no currency`);
    },
  });
  return responseOf(answer, answer.status ?? endpoint.answer.status);
}

/**
 * Takes a request through the gate, the checks and the handler of its endpoint.
 * @throws AppError for every refusal; anything else that is thrown is a bug
 */
export async function run(endpoint: Endpoint, request: Request, rawParams: Record<string, string>): Promise<Response> {
  if (typeof endpoint.access === "string") return runPublic(endpoint, request);
  const caller = await authenticate(request);
  authorize(caller, endpoint.access);
  await takeFromAllowance(caller.scope?.tenantId ?? "operator", caller.credentialId);
  const params = paramsOf(endpoint, rawParams);
  const query = validate(endpoint.query ?? NOTHING, queryOf(request.url));
  const key = endpoint.method === "POST" ? idempotencyKeyOf(request, endpoint.movesMoney ?? false) : null;
  const raw = takesBody(endpoint) ? await readJson(request) : {};

  const acting = endpoint.tenantFromBody ? await tenantOfBody(caller, raw) : actingOn(caller);
  const body = validate(bodySchema(endpoint, acting?.currency ?? toCurrency("USD")), raw);
  invariant(acting, "a valid body names its tenant");
  addLogContext({ tenantId: acting.scope.tenantId });

  const context = { ...acting, params, query, body, requestKey: null, request };
  if (key === null) {
    const answer = await endpoint.handle(context);
    return responseOf(answer, answer.status ?? endpoint.answer.status);
  }
  const claim = await claimKey(
    acting.scope.tenantId,
    key,
    requestHash(request.method, new URL(request.url).pathname, raw),
  );
  return "status" in claim ? replay(endpoint, claim) : runOnce(endpoint, claim, { ...context, requestKey: claim.use });
}
