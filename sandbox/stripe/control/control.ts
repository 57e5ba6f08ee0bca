import type { ZodError } from "zod";
import type { Account } from "../account";
import { type Answer, errorAnswer, jsonAnswer } from "../http/answer";
import { StripeFailure } from "../http/errors";
import type { PlainRequest } from "../http/listen";
import type { RequestLog } from "../http/request-log";
import type { TimeRunner } from "../time/runner";
import { queueDelivery } from "../webhooks/delivery";
import { capabilities } from "./capabilities";
import type { ClockControl } from "./clock";
import { ControlError } from "./control-error";
import { addFaults, clearFaults, faultBody, listFaults } from "./faults";
import { REHEARSALS } from "./rehearsals";
import { changeSettings, readSettings, settingsBody } from "./settings";

interface Parts {
  account: Account;
  log: RequestLog;
  runner: TimeRunner;
  clock: ClockControl;
  reset(): void;
}

type Handler = (body: unknown, path: string[]) => unknown;

function readJson(body: string): unknown {
  if (body.trim() === "") return {};
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new ControlError("the body is not JSON");
  }
}

function textOf(body: unknown, name: string): string | null {
  const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === "string" ? value : null;
}

function refused(error: ZodError): ControlError {
  return new ControlError(
    error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`).join("; "),
  );
}

function resend(account: Account, eventId: string) {
  const event = account.tables.events.get(eventId);
  if (!event) throw new ControlError(`no event ${eventId}`);
  const endpoints = [...account.tables.endpoints.oldestFirst()];
  account.store.transaction(() => {
    for (const endpoint of endpoints) queueDelivery(account, eventId, endpoint.id);
  });
  return { event: eventId, endpoints: endpoints.map(({ url }) => url) };
}

function listDeliveries(account: Account) {
  const { deliveries, delivered } = account.tables;
  const rows = [...deliveries.oldestFirst(), ...delivered.oldestFirst()].sort((a, b) => a.firstAtMs - b.firstAtMs);
  return rows.map(({ dueAtMs, firstAtMs, ...delivery }) => ({
    ...delivery,
    type: account.tables.events.get(delivery.event)?.type ?? null,
    url: account.tables.endpoints.get(delivery.endpoint)?.url ?? null,
    firstAt: new Date(firstAtMs).toISOString(),
    nextAt: delivery.state === "pending" ? new Date(dueAtMs).toISOString() : null,
  }));
}

function handlersOf({ account, log, runner, clock, reset }: Parts): Record<string, Handler> {
  return {
    "GET clock": () => clock.read(),
    "POST clock": (body) => clock.move(body),
    "GET due": () => runner.due(),
    "POST run-due": () => runner.runDue(),
    "GET faults": () => listFaults(account),
    "POST faults": (body) => {
      const parsed = faultBody.safeParse(body);
      if (!parsed.success) throw refused(parsed.error);
      addFaults(account, parsed.data);
      return listFaults(account);
    },
    "DELETE faults": () => {
      clearFaults(account);
      return listFaults(account);
    },
    "GET settings": () => readSettings(account),
    "POST settings": (body) => {
      const parsed = settingsBody.safeParse(body);
      if (!parsed.success) throw refused(parsed.error);
      return changeSettings(account, parsed.data);
    },
    "POST reset": () => {
      reset();
      return { reset: true };
    },
    "GET requests": () => ({ data: log.all() }),
    "DELETE requests": () => {
      log.clear();
      return { data: [] };
    },
    "GET capabilities": () => capabilities(),
    "GET deliveries": () => ({ data: listDeliveries(account) }),
    ...Object.fromEntries(
      Object.entries(REHEARSALS).map(([name, rehearse]) => [
        `POST ${name}`,
        (body: unknown) => rehearse(account, body),
      ]),
    ),
    "POST resend": (body) => resend(account, textOf(body, "event") ?? ""),
  };
}

/** The `/_sandbox` addresses: time, faults, and a look behind the scenes. They need no key, they are on the loopback only. */
export function controlRoutes(parts: Parts): (request: PlainRequest) => Promise<Answer> {
  const handlers = handlersOf(parts);
  return async (request) => {
    const path = request.url.pathname.split("/").slice(2);
    const handler = handlers[`${request.method} ${path[0]}`];
    if (!handler || path.length > 1)
      return jsonAnswer(
        {
          error: {
            type: "invalid_request_error",
            message: `No such address: ${request.method} ${request.url.pathname}`,
          },
        },
        404,
      );
    try {
      return jsonAnswer(await handler(readJson(request.body), path));
    } catch (error) {
      if (error instanceof StripeFailure) return errorAnswer(error);
      if (error instanceof ControlError)
        return jsonAnswer({ error: { type: "invalid_request_error", message: error.message } }, 400);
      throw error;
    }
  };
}
