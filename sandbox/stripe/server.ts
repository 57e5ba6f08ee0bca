import { join } from "node:path";
import { httpParticipant, type Participant } from "../clock/participant";
import { Account } from "./account";
import { browserRoutes } from "./browser/routes";
import { browserOperations } from "./browser-operations";
import { ClockControl } from "./control/clock";
import { controlRoutes } from "./control/control";
import { homePage } from "./control/home";
import { type Answer, jsonAnswer } from "./http/answer";
import { Api, type Outcome } from "./http/api";
import { decodeForm } from "./http/form";
import type { Inspector } from "./http/inspector";
import { listen, type PlainRequest, type WireAnswer } from "./http/listen";
import { RequestLog } from "./http/request-log";
import { ROUTES } from "./routes";
import { TimeRunner } from "./time/runner";
import { ensureStartupEndpoint } from "./webhooks/endpoint-routes";
import { WebhookSender } from "./webhooks/sender";

export interface StripeOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Folder of the journal; without one the state lives in memory. */
  dataDir?: string;
  secretKey?: string;
  publishableKey?: string;
  /** An endpoint that gets every event from the start, signed with `webhookSecret`. */
  webhookUrl?: string;
  webhookSecret?: string;
  /** The executor that moves with the clock. */
  inngestUrl?: string;
  /** Looks at everything that is answered and emitted. */
  inspector?: Inspector;
}

export interface RunningStripe {
  url: string;
  secretKey: string;
  publishableKey: string;
  /** Its part in moving time, for who is in the same process; others ask over HTTP. */
  participant: Participant;
  close(): Promise<void>;
}

const CORS = { "access-control-allow-origin": "*" };
const PREFLIGHT: Answer = {
  status: 204,
  headers: {
    ...CORS,
    "access-control-allow-methods": "GET, POST, DELETE",
    "access-control-allow-headers": "authorization, content-type, stripe-account, stripe-version, idempotency-key",
    "access-control-max-age": "600",
  },
  body: "",
};

function withCors(outcome: Outcome): Outcome {
  return typeof outcome === "string"
    ? outcome
    : { ...outcome, headers: { ...CORS, "access-control-expose-headers": "request-id", ...outcome.headers } };
}

function formOf(request: PlainRequest): URLSearchParams {
  return new URLSearchParams(request.method === "POST" ? request.body : request.url.search);
}

/**
 * Starts the stand-in on 127.0.0.1.
 * @throws when a key is not a test key or the port is taken
 */
export async function startStripe(options: StripeOptions = {}): Promise<RunningStripe> {
  const keys = {
    secretKey: options.secretKey ?? "sk_test_standin",
    publishableKey: options.publishableKey ?? "pk_test_standin",
  };
  const account = new Account(keys, options.dataDir ? join(options.dataDir, "journal.jsonl") : null);
  account.inspector = options.inspector ?? null;
  const log = new RequestLog(options.dataDir ? join(options.dataDir, "requests.jsonl") : null);
  const api = new Api(account, ROUTES, log);
  const sender = new WebhookSender(account);
  const runner = new TimeRunner(account, sender);
  const self: Participant = {
    name: "the Stripe stand-in",
    due: async () => runner.due(),
    runDue: () => runner.runDue(),
  };
  const clock = new ClockControl([
    self,
    ...(options.inngestUrl ? [httpParticipant("the job executor", options.inngestUrl)] : []),
  ]);
  const browser = browserOperations(account);

  const openEndpoint = () => {
    if (options.webhookUrl && options.webhookSecret)
      ensureStartupEndpoint(account, options.webhookUrl, options.webhookSecret);
  };
  const reset = () => {
    sender.reset();
    account.store.clear();
    log.clear();
    openEndpoint();
  };
  const control = controlRoutes({ account, log, runner, clock, reset });

  async function page(request: PlainRequest): Promise<WireAnswer> {
    if (request.url.pathname === "/" && request.method === "GET") return homePage();
    const form = new URLSearchParams(request.method === "POST" ? request.body : "");
    const language = request.headers["accept-language"];
    const answer = await browserRoutes(
      { method: request.method, url: request.url, form, publicUrl: account.publicUrl, ...(language && { language }) },
      browser,
    );
    return (
      answer ??
      jsonAnswer(
        {
          error: {
            type: "invalid_request_error",
            message: `Unrecognized request URL (${request.method}: ${request.url.pathname}).`,
          },
        },
        404,
      )
    );
  }

  const { server, port } = await listen(options.port ?? 0, async (request) => {
    const { pathname } = request.url;
    if (pathname.startsWith("/_sandbox/")) return control(request);
    if (!/^\/v[12]\//.test(pathname)) return page(request);
    if (request.method === "OPTIONS") return PREFLIGHT;
    return withCors(
      await api.respond({
        method: request.method,
        path: pathname.replace(/\/$/, ""),
        headers: request.headers,
        params: decodeForm(formOf(request)),
        ipAddress: request.ipAddress,
      }),
    );
  });
  account.publicUrl = `http://127.0.0.1:${port}`;
  openEndpoint();
  runner.start();
  sender.kick();

  return {
    url: account.publicUrl,
    ...keys,
    participant: self,
    async close() {
      if (!server.listening) return;
      runner.stop();
      sender.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      account.store.close();
      log.close();
    },
  };
}
