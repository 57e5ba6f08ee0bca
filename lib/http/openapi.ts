import { z } from "zod";
import { env } from "@/lib/env";
import { ERROR_CODES, type ErrorCode } from "@/lib/errors";
import { toCurrency } from "@/lib/money/currency";
import type { Endpoint } from "./endpoint";
import { moneyIn } from "./money";
import { refusalsOf } from "./refusals";

export const BASE_PATH = "/api/v1/billing";

type Json = Record<string, unknown>;

/** JSON Schema 2020-12, which OpenAPI 3.1 uses as it is. */
export function schemaJson(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}

const problemOut = z
  .object({
    type: z.url(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })),
    requestId: z.string(),
  })
  .meta({ description: "RFC 9457" });

function parametersOf(schema: z.ZodType | undefined, where: "path" | "query"): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaJson(schema, "input") as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: where,
    required: where === "path" || required.includes(name),
    ...(description ? { description } : {}),
    schema: property,
  }));
}

const TENANT_HEADER: Json = {
  name: "Evenkeel-Tenant",
  in: "header",
  required: false,
  description: "The tenant to act on, for people who belong to several and for operators",
  schema: { type: "string", format: "uuid" },
};

const PROBLEM: Json = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };

const idempotencyHeader = (required: boolean): Json => ({
  name: "Idempotency-Key",
  in: "header",
  required,
  description: "The same key with the same body gives the first answer again, for 24 hours",
  schema: { type: "string", minLength: 1, maxLength: 255 },
});

function refusalResponses(endpoint: Endpoint): Json {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of refusalsOf(endpoint))
    byStatus.set(ERROR_CODES[code][0], [...(byStatus.get(ERROR_CODES[code][0]) ?? []), code]);
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        String(status),
        { description: codes.map((c) => `\`${c}\``).join(", "), content: PROBLEM },
      ]),
  );
}

function accessText({ access }: Endpoint): string {
  if (access === "signature") return "Authenticated by Stripe's signature.";
  if (access === "none") return "Open to anybody.";
  const ways = [
    access.role && `role \`${access.role}\` or above`,
    access.scope && `a service token with scope \`${access.scope}\``,
  ].filter(Boolean);
  return `For ${ways.join(", or ")}.`;
}

/** `getBalanceRechargesId`: unique, because method and path are. */
export const operationId = ({ method, path }: Endpoint) =>
  method.toLowerCase() +
  path
    .split(/[^a-zA-Z0-9]+/)
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

function answerContent({ schema, mediaTypes }: Endpoint["answer"]): Json {
  if (schema) return { content: { "application/json": { schema: schemaJson(schema, "output") } } };
  if (!mediaTypes) return {};
  const file = { schema: { type: "string", format: "binary" } };
  return { content: Object.fromEntries(mediaTypes.map((type) => [type, file])) };
}

function operation(endpoint: Endpoint): Json {
  const { access, answer, body, example } = endpoint;
  const gated = typeof access !== "string";
  const parameters = [...parametersOf(endpoint.params, "path"), ...parametersOf(endpoint.query, "query")];
  if (gated) parameters.push(TENANT_HEADER);
  if (gated && endpoint.method === "POST") parameters.push(idempotencyHeader(endpoint.movesMoney ?? false));
  const requestSchema = body && schemaJson(body(moneyIn(toCurrency("USD"))), "input");
  return {
    operationId: operationId(endpoint),
    tags: [endpoint.tag],
    summary: endpoint.summary,
    description: [endpoint.description, accessText(endpoint)].filter(Boolean).join("\n\n"),
    security: gated ? [{ bearer: [] }, { session: [] }] : [],
    ...(parameters.length ? { parameters } : {}),
    ...(requestSchema
      ? {
          requestBody: {
            required: true,
            content: { "application/json": { schema: requestSchema, ...(example === undefined ? {} : { example }) } },
          },
        }
      : {}),
    responses: {
      [String(answer.status)]: {
        description: answer.description,
        ...answerContent(answer),
      },
      ...refusalResponses(endpoint),
    },
  };
}

/** What holds for a path whatever the method: those that it does not have are refused. */
function pathText(methods: string[]): string {
  const allowed = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
  return `Any other method than ${allowed} answers 405 \`method_not_allowed\` and says so in \`Allow\`.`;
}

/** The OpenAPI 3.1 description of endpoints, made from the schemas that validate. */
export function openApiDocument(endpoints: Endpoint[]): Json {
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    const methods = endpoints.filter(({ path }) => path === endpoint.path).map(({ method }) => method);
    const description = pathText(methods);
    paths[endpoint.path] = {
      ...paths[endpoint.path],
      description,
      [endpoint.method.toLowerCase()]: operation(endpoint),
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Evenkeel",
      version: "1",
      description:
        "Money is a decimal string in major units with its currency beside it. Times are RFC 3339 in UTC. Unknown fields and query parameters are refused (422). A path that is nobody's answers 404 `not_found`, a method that a path does not have 405 `method_not_allowed`; every answer of 400 and above is a Problem.",
    },
    servers: [{ url: `${env().BILLING_URL.replace(/\/$/, "")}${BASE_PATH}` }],
    tags: [...new Set(endpoints.map((each) => each.tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "next-auth.session-token",
          description: "The web session; state-changing calls must come from the same origin",
        },
      },
      responses: {
        MethodNotAllowed: {
          description: "`method_not_allowed`: the path does not have this method",
          headers: { Allow: { description: "The methods that it has", schema: { type: "string" } } },
          content: PROBLEM,
        },
      },
      schemas: { Problem: schemaJson(problemOut, "output") },
    },
  };
}
