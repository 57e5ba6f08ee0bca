import { randomBytes } from "node:crypto";
import type Stripe from "stripe";
import { z } from "zod";
import type { Account } from "../account";
import { invalidRequest, resourceMissing } from "../http/errors";
import { pageOf, pagination } from "../http/pages";
import { boolean, clearable, clearableText, metadata, oneOf, text } from "../http/parameters";
import { route } from "../http/route";
import { checkEventVersion } from "../http/version";
import { newId } from "../state/ids";
import { mergeMetadata } from "../state/metadata";
import EVENT_TYPES from "./event-types.json" with { type: "json" };

const enabledEvents = z.array(oneOf(...EVENT_TYPES));

const MAX_ENDPOINTS = 16;
/** Marks the endpoint that the start-up flags ask for. */
const STARTUP_KEY = "standin_startup";

interface EndpointInput {
  url: string;
  enabled_events: string[];
  api_version?: string | undefined;
  description?: string | null | undefined;
  metadata?: Record<string, string> | null | undefined;
}

function checkUrl(url: string): void {
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw invalidRequest("Invalid URL: An explicit scheme (such as https) must be provided.", {
      code: "url_invalid",
      param: "url",
    });
}

function createEndpoint(account: Account, given: EndpointInput, secret: string): Stripe.WebhookEndpoint {
  checkUrl(given.url);
  const endpoint = {
    id: newId("we"),
    object: "webhook_endpoint",
    api_version: given.api_version ?? null,
    application: null,
    created: account.nowUnix(),
    description: given.description ?? null,
    enabled_events: given.enabled_events,
    livemode: false,
    metadata: mergeMetadata(null, given.metadata),
    status: "enabled",
    url: given.url,
  } satisfies Stripe.WebhookEndpoint;
  account.tables.endpointSecrets.put({ id: endpoint.id, secret });
  return account.tables.endpoints.put(endpoint);
}

/** Makes or renews the endpoint of `--webhook-url`, so that a restart with another port does not leave a dead one. */
export function ensureStartupEndpoint(account: Account, url: string, secret: string): void {
  account.store.transaction(() => {
    for (const endpoint of account.tables.endpoints.oldestFirst()) {
      if (endpoint.metadata[STARTUP_KEY] === undefined) continue;
      account.tables.endpoints.put({ ...endpoint, url, status: "enabled" });
      account.tables.endpointSecrets.put({ id: endpoint.id, secret });
      return;
    }
    createEndpoint(
      account,
      {
        url,
        enabled_events: ["*"],
        description: "Named when the stand-in was started",
        metadata: { [STARTUP_KEY]: "yes" },
      },
      secret,
    );
  });
}

function existing(account: Account, id: string): Stripe.WebhookEndpoint {
  const endpoint = account.tables.endpoints.get(id);
  if (!endpoint) throw resourceMissing("webhook endpoint", id);
  return endpoint;
}

export const endpointRoutes = [
  route("POST /v1/webhook_endpoints", {
    unsupported: ["connect"],
    parameters: {
      api_version: text.optional(),
      description: clearableText.optional(),
      enabled_events: enabledEvents,
      metadata: clearable(metadata).optional(),
      url: text,
    },
    handle(account, given) {
      if (account.tables.endpoints.size >= MAX_ENDPOINTS)
        throw invalidRequest(`You have reached the maximum of ${MAX_ENDPOINTS} test webhook endpoints.`);
      const secret = `whsec_${randomBytes(24).toString("hex")}`;
      if (given.api_version) checkEventVersion(given.api_version);
      // The secret is shown this once, as at Stripe.
      return { ...createEndpoint(account, given, secret), secret };
    },
  }),
  route("GET /v1/webhook_endpoints/:id", { handle: (account, _, call) => existing(account, call.path.id ?? "") }),
  route("POST /v1/webhook_endpoints/:id", {
    parameters: {
      description: clearableText.optional(),
      disabled: boolean.optional(),
      enabled_events: enabledEvents.optional(),
      metadata: clearable(metadata).optional(),
      url: text.optional(),
    },
    handle(account, given, call) {
      const endpoint = existing(account, call.path.id ?? "");
      if (given.url) checkUrl(given.url);
      return account.tables.endpoints.put({
        ...endpoint,
        description: given.description === undefined ? endpoint.description : given.description,
        enabled_events: given.enabled_events ?? endpoint.enabled_events,
        metadata: mergeMetadata(endpoint.metadata, given.metadata),
        status: given.disabled === undefined ? endpoint.status : given.disabled ? "disabled" : "enabled",
        url: given.url ?? endpoint.url,
      });
    },
  }),
  route("DELETE /v1/webhook_endpoints/:id", {
    handle(account, _, call) {
      const { id } = existing(account, call.path.id ?? "");
      account.tables.endpoints.delete(id);
      account.tables.endpointSecrets.delete(id);
      return { id, object: "webhook_endpoint", deleted: true };
    },
  }),
  route("GET /v1/webhook_endpoints", {
    parameters: pagination,
    handle: (account, given) => pageOf(account.tables.endpoints, given, "/v1/webhook_endpoints", () => true),
  }),
];
