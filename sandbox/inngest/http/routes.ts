import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { now } from "@/lib/clock";
import type { Engine } from "../engine";
import type { Participant } from "../participant";
import type { Pump } from "../pump";
import { RegistrationRefused } from "../registry";
import { checkpoint } from "../run/checkpoint";
import { dispatchBacklog, readEvents, receiveEvents } from "../run/events";
import { recentRuns } from "../state/overview";
import { loadRun } from "../state/runs";
import type { AppSync } from "../sync";
import type { Moving } from "../time/move";
import { isAuthorized } from "../wire/signature";
import { isRecord } from "../wire/types";
import { renderPage } from "./page";

export interface Parts {
  engine: Engine;
  pump: Pump;
  participant: Participant;
  sync: AppSync;
}

export interface Reply {
  status: number;
  body: unknown;
  html?: string;
}

const PAGE_RUNS = 50;
const MOST_RUNS = 1000;

const ok = (body: unknown): Reply => ({ status: 200, body });
const problem = (status: number, error: string): Reply => ({ status, body: { error, status } });

/** Answers one request: the server's own API towards the SDK, the participant protocol, and pages for people. */
export async function answer(parts: Parts, request: IncomingMessage, url: URL, body: unknown): Promise<Reply> {
  const { engine, participant } = parts;
  const route = `${request.method} ${url.pathname}`;
  const moving = movingFrom(request, url, body);
  switch (route) {
    case "GET /":
      return page(parts);
    case "GET /health":
      return ok({ status: 200, message: "OK" });
    case "GET /dev":
      return ok({ version: "embedded-executor", functions: engine.registry.functions });
    case "GET /_sandbox/due":
      return ok(participant.due(moving));
    case "POST /_sandbox/run-due":
      return ok(await participant.runDue(moving));
    case "GET /_sandbox/runs":
      return ok({ data: await recentRuns(engine.sql, limitFrom(url)) });
  }
  if (request.method === "POST" && /^\/e\/[^/]+$/.test(url.pathname)) return events(parts, request, body);
  const { signingKey } = engine.options;
  if (signingKey && !isAuthorized(request.headers.authorization, signingKey)) return problem(401, "unauthorized");
  if (route === "POST /fn/register") return register(parts, body);
  const state = url.pathname.match(/^\/v0\/runs\/([^/]+)\/(actions|batch)$/);
  if (state?.[1] && request.method === "GET") return runState(engine, state[1], state[2] === "batch");
  const checkpointed = url.pathname.match(/^\/v1\/checkpoint\/([^/]+)\/async$/);
  if (checkpointed?.[1] && request.method === "POST") return checkpoint(engine, checkpointed[1], body);
  return problem(404, `the embedded executor does not implement ${route}`);
}

async function page({ engine, sync }: Parts): Promise<Reply> {
  const [runs, failures] = await Promise.all([
    recentRuns(engine.sql, PAGE_RUNS),
    recentRuns(engine.sql, PAGE_RUNS, true),
  ]);
  const { registry, options } = engine;
  const view = {
    functions: registry.functions,
    runs,
    failures,
    now: now(),
    appUrl: options.appUrl,
    appIsUp: sync.up,
    refusal: registry.refusal,
  };
  return { status: 200, body: null, html: renderPage(view) };
}

async function events({ engine, pump }: Parts, request: IncomingMessage, body: unknown): Promise<Reply> {
  const seed = request.headers["x-inngest-event-id-seed"];
  try {
    const ids = await receiveEvents(engine, readEvents(body), typeof seed === "string" ? seed : null);
    pump.turn();
    return ok({ ids, status: 200 });
  } catch (error) {
    if (error instanceof z.ZodError)
      return problem(400, `not an event: ${error.issues.map((issue) => issue.message).join(", ")}`);
    throw error;
  }
}

async function register({ engine, pump }: Parts, body: unknown): Promise<Reply> {
  try {
    const modified = await engine.registry.register(body);
    if (modified) {
      engine.log(`${engine.registry.functions.length} functions registered`);
      await dispatchBacklog(engine);
      pump.turn();
    }
    return ok({ status: 200, modified });
  } catch (error) {
    if (error instanceof RegistrationRefused) return problem(400, error.message);
    throw error;
  }
}

async function runState(engine: Engine, runId: string, batch: boolean): Promise<Reply> {
  const run = await loadRun(engine.sql, runId);
  if (!run) return problem(404, "run not found");
  return ok(batch ? run.events : Object.fromEntries(run.steps.map((step) => [step.id, step.value])));
}

/**
 * The coordinator says that it moves time by `moving`, a name, as a field, a query parameter or a header; beside it stand
 * where the move ends and how often other parts have been at work.
 */
function movingFrom(request: IncomingMessage, url: URL, body: unknown): Moving | null {
  const stated = (name: string) => (isRecord(body) ? body[name] : undefined) ?? url.searchParams.get(name);
  const given = stated("moving") ?? request.headers["x-evenkeel-moving"];
  const unnamed = given === true || given === "true" || given === "1";
  if (!unnamed && (typeof given !== "string" || ["", "false", "0"].includes(given))) return null;
  const until = Date.parse(String(stated("until")));
  return {
    id: unnamed ? true : String(given),
    until: Number.isNaN(until) ? null : until,
    stirred: Number(stated("stirred") ?? 0) || 0,
  };
}

function limitFrom(url: URL): number {
  const limit = Number(url.searchParams.get("limit") ?? PAGE_RUNS);
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, MOST_RUNS) : PAGE_RUNS;
}
