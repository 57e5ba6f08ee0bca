import { timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";
import { jsonResponse } from "@/lib/http/json-response";
import { metricsText } from "@/lib/metrics";
import { readHealth } from "./checks";

const json = (body: unknown, status: number) => jsonResponse(body, status, { "Cache-Control": "no-store" });

/** The process runs and answers; nothing else is asked. */
export const liveResponse = (): Response => json({ status: "live" }, 200);

/** 200 when this instance can serve, else 503. */
export async function readyResponse(): Promise<Response> {
  const health = await readHealth();
  return json(health, health.status === "unavailable" ? 503 : 200);
}

/** Both in one. */
export async function healthResponse(): Promise<Response> {
  const health = await readHealth();
  return json(
    { live: true, ready: health.status !== "unavailable", ...health },
    health.status === "unavailable" ? 503 : 200,
  );
}

function mayRead(request: Request, token: string): boolean {
  const given = Buffer.from(request.headers.get("authorization") ?? "");
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Prometheus' text; with METRICS_TOKEN set only for those who send it as Bearer token. */
export async function metricsResponse(request: Request): Promise<Response> {
  const token = env().METRICS_TOKEN;
  if (token && !mayRead(request, token))
    return new Response("unauthorized\n", { status: 401, headers: { "WWW-Authenticate": "Bearer" } });
  const { contentType, text } = await metricsText();
  return new Response(text, { headers: { "Content-Type": contentType, "Cache-Control": "no-store" } });
}
