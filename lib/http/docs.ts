import { env } from "@/lib/env";
import type { ErrorCode } from "@/lib/errors";
import { toCurrency } from "@/lib/money/currency";
import type { Endpoint } from "./endpoint";
import { moneyIn } from "./money";
import { BASE_PATH, operationId, schemaJson } from "./openapi";
import { refusalsOf } from "./refusals";
import { type Field, formsOf, type JsonSchema } from "./schema-fields";

/** An endpoint as the readable page shows it. */
export type EndpointDoc = {
  id: string;
  method: Endpoint["method"];
  path: string;
  tag: string;
  summary: string;
  description: string | null;
  role: string | null;
  scope: string | null;
  access: "gated" | "signature" | "none";
  key: "required" | "optional" | null;
  parameters: Field[];
  /** One list of fields per form that the body may have. */
  body: Field[][];
  answer: { status: number; description: string; forms: Field[][] };
  refusals: ErrorCode[];
  curl: string;
};

export const baseUrl = (): string => `${env().BILLING_URL.replace(/\/$/, "")}${BASE_PATH}`;

function curlOf(endpoint: Endpoint): string {
  const gated = typeof endpoint.access !== "string";
  const lines = [
    `curl ${endpoint.method === "GET" ? "" : `-X ${endpoint.method} `}"${baseUrl()}${endpoint.path.replace(/\{(\w+)\}/g, "<$1>")}"`,
  ];
  if (gated) lines.push('-H "Authorization: Bearer $TOKEN"');
  if (endpoint.movesMoney) lines.push('-H "Idempotency-Key: $(uuidgen)"');
  if (endpoint.example !== undefined)
    lines.push('-H "Content-Type: application/json"', `-d '${JSON.stringify(endpoint.example)}'`);
  return lines.join(" \\\n  ");
}

/** @returns everything about an endpoint that the readable page shows, from the schemas that validate */
export function endpointDoc(endpoint: Endpoint): EndpointDoc {
  const { method, path, tag, summary, access, answer } = endpoint;
  const rule = typeof access === "string" ? null : access;
  const input = (schema: Endpoint["params"]) => (schema ? formsOf(schemaJson(schema, "input") as JsonSchema) : []);
  return {
    id: operationId(endpoint),
    method,
    path,
    tag,
    summary,
    description: endpoint.description ?? null,
    role: rule?.role ?? null,
    scope: rule?.scope ?? null,
    access: typeof access === "string" ? access : "gated",
    key: !rule || method !== "POST" ? null : endpoint.movesMoney ? "required" : "optional",
    parameters: [
      ...input(endpoint.params)
        .flat()
        .map((field) => ({ ...field, required: true })),
      ...input(endpoint.query).flat(),
    ],
    body: endpoint.body ? input(endpoint.body(moneyIn(toCurrency("USD")))) : [],
    answer: {
      status: answer.status,
      description: answer.description,
      forms: answer.schema ? formsOf(schemaJson(answer.schema, "output") as JsonSchema) : [],
    },
    refusals: refusalsOf(endpoint),
    curl: curlOf(endpoint),
  };
}
