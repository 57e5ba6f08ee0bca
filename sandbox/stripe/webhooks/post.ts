import { Agent, request as plainRequest } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";
import type { Account } from "../account";
import { bodyFor } from "./body";
import { signatureHeader } from "./signature";

const TIMEOUT_MS = 10_000;
/** Connections are kept: a new one for every event would cost more than the event. */
const KEEP = { keepAlive: true, scheduling: "fifo" } as const;
const agents = { plain: new Agent(KEEP), secure: new SecureAgent(KEEP) };

export interface PostResult {
  delivered: boolean;
  /** The status, or why there was none. */
  outcome: string;
}

function post(url: string, headers: Record<string, string | number>, body: Buffer): Promise<PostResult> {
  return new Promise((resolve) => {
    const secure = url.startsWith("https:");
    const send = secure ? secureRequest : plainRequest;
    const outgoing = send(
      url,
      { method: "POST", headers, agent: secure ? agents.secure : agents.plain, timeout: TIMEOUT_MS },
      (answer) => {
        const status = answer.statusCode ?? 0;
        // The connection is free for the next event once the answer has been read.
        answer.resume();
        answer.once("end", () => resolve({ delivered: status >= 200 && status < 300, outcome: String(status) }));
        answer.once("error", (error) => resolve({ delivered: false, outcome: error.message }));
      },
    );
    outgoing.once("timeout", () => outgoing.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)));
    outgoing.once("error", (error) => resolve({ delivered: false, outcome: error.message }));
    outgoing.end(body);
  });
}

/** Posts one event once, signed with a fresh timestamp. Anything but 2xx is a failure, redirects included. */
export async function postEvent(account: Account, eventId: string, endpointId: string): Promise<PostResult> {
  const event = account.tables.events.get(eventId);
  const endpoint = account.tables.endpoints.get(endpointId);
  const secret = account.tables.endpointSecrets.get(endpointId)?.secret;
  if (!event || !endpoint || !secret) return { delivered: false, outcome: "the event or the endpoint is gone" };
  const body = bodyFor(account, event, endpoint.api_version);
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "content-length": body.length,
    "cache-control": "no-cache",
    accept: "*/*; q=0.5, application/xml",
    "stripe-signature": signatureHeader(body, secret, account.nowUnix()),
    "user-agent": "Stripe/1.0 (stand-in)",
  };
  return post(endpoint.url, headers, body);
}
