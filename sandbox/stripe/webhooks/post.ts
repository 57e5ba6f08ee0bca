import type { Account } from "../account";
import { signatureHeader } from "./signature";

const TIMEOUT_MS = 10_000;

export interface PostResult {
  delivered: boolean;
  /** The status, or why there was none. */
  outcome: string;
}

/** Posts one event once, signed with a fresh timestamp. Anything but 2xx is a failure, redirects included. */
export async function postEvent(account: Account, eventId: string, endpointId: string): Promise<PostResult> {
  const event = account.tables.events.get(eventId);
  const endpoint = account.tables.endpoints.get(endpointId);
  const secret = account.tables.endpointSecrets.get(endpointId)?.secret;
  if (!event || !endpoint || !secret) return { delivered: false, outcome: "the event or the endpoint is gone" };
  const body = JSON.stringify(event, null, 2);
  try {
    const response = await fetch(endpoint.url, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        "stripe-signature": signatureHeader(body, secret, account.nowUnix()),
        "user-agent": "Stripe/1.0 (stand-in)",
      },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return { delivered: response.ok, outcome: String(response.status) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { delivered: false, outcome: cause instanceof Error ? cause.message : String(cause) };
  }
}
