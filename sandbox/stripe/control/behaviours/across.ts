import { group } from "./behaviour";

/** What holds for every address: requests, answers, events, time. */
export const ACROSS = [
  ...group("Requests", [
    [
      "A key of a POST gives its first answer again for 24 hours, errors 500 included, mistakes in the parameters not",
      "api/idempotent_requests",
      "the newest 20,000 keys are remembered",
    ],
    ["The same key with other parameters is an idempotency_error, while under way a 409", "api/idempotent_requests"],
    [
      "Every answer has a Request-Id; every error has type, message and, where there is one, code and param",
      "api/errors",
    ],
    ["An unknown parameter is refused by name", "error-codes#parameter-unknown"],
    [
      "Without a Stripe-Version header the account's own version applies",
      "api/versioning",
      "that of the stand-in is older than any removal, so that old parameters are taken; answers have the newest shape; a header may only name the release it is written for",
    ],
    ["Lists page by cursor, newest first, 10 unless told, at most 100", "api/pagination"],
    [
      "Members are expanded to four levels, `data` of a list being one; which ones, the SDK's types say",
      "api/expanding_objects",
    ],
    ["Metadata: 50 keys of 40 characters, values of 500; an empty value removes its key", "api/metadata"],
    [
      "Search knows fields, metadata, AND or OR, negation, substrings and numbers",
      "search#search-query-language",
      "up to date at once, unless a lag is set (`searchLagMs`); at Stripe it may lag by a minute",
    ],
    [
      "Too many requests are answered with 429 and a reason; a locked object with lock_timeout",
      "rate-limits",
      "limits apply when they are switched on (`rateLimits`) or rehearsed through /_sandbox/faults",
    ],
  ]),
  ...group("Webhooks", [
    [
      "Signed with the endpoint's secret over timestamp and body, a new timestamp for each attempt",
      "webhooks#verify-manually",
    ],
    ["Tried for three days, with pauses that grow; only 2xx is taken as success", "webhooks#behaviors"],
    ["At least once, in no promised order; the body is the object as it was then", "webhooks#event-ordering"],
    ["An event says which members changed, and which request caused it", "api/events/object"],
    [
      "Listed for 30 days; delivery_success finds those that did not arrive",
      "api/events/list",
      "the newest 20,000 are remembered",
    ],
    [
      "Rendered in the endpoint's API version",
      "webhooks/versioning",
      "endpoints of another release than the stand-in's are refused",
    ],
    ["previous_attributes tells of an object inside only what changed in it", "api/events/object"],
    ["Thin events (v2)", "event-destinations", "not there; snapshots only"],
  ]),
  ...group("Time", [
    [
      "A test clock stands still until it is advanced, at most two intervals of its shortest subscription",
      "billing/testing/test-clocks",
    ],
    ["Advancing is asynchronous: advancing, then ready, each told by an event", "billing/testing/test-clocks"],
    [
      "Everything without a test clock lives in real time",
      "billing/testing/test-clocks",
      "the account's own time can be moved as well: POST /_sandbox/clock",
    ],
  ]),
];
