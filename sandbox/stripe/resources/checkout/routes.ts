import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { created, matchesCreated, type Paging, pageOf, pagination, readLimit } from "../../http/pages";
import { integer, oneOf, strict, text } from "../../http/parameters";
import { type Call, route } from "../../http/route";
import { idOf } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { resolveMethod } from "../payment-methods/attach";
import { createSession } from "./create";
import { expireSession } from "./expire";
import { createParameters, UNSUPPORTED, updateParameters } from "./parameters";
import { paySession } from "./pay";
import { checkOpen, checkoutBook, figuresOf, resolveSession } from "./session";

const LINES_SHOWN = 5;

function sessionOf(account: Account, call: Call): Stripe.Checkout.Session {
  return resolveSession(account, call.path.id ?? "");
}

/** One page of a session's lines, in their own order. */
export function lineItemsOf(account: Account, session: Stripe.Checkout.Session, paging: Paging) {
  const items = session.mode === "setup" ? [] : figuresOf(account, session).items;
  const limit = readLimit(paging.limit);
  const after = items.findIndex(({ id }) => id === paging.starting_after) + 1;
  const before = items.findIndex(({ id }) => id === paging.ending_before);
  const [from, to] = before >= 0 ? [Math.max(0, before - limit), before] : [after, after + limit];
  const url = `/v1/checkout/sessions/${session.id}/line_items`;
  const hasMore = before >= 0 ? from > 0 : to < items.length;
  return { object: "list" as const, data: items.slice(from, to), has_more: hasMore, url };
}

/** `line_items` of a session that is asked to expand them. */
export function expandedLineItems(account: Account, id: string) {
  return lineItemsOf(account, resolveSession(account, id), { limit: LINES_SHOWN });
}

/** Pays as the page would, with a method that exists already: what Stripe's own command line does to a session. */
function confirmPage(account: Account, session: Stripe.Checkout.Session, method: string, expected: number, call: Call) {
  checkOpen(session, "confirmed");
  if (session.amount_total !== null && session.amount_total !== expected)
    throw invalidRequest("The amount of the Checkout Session is not the expected one.", {
      code: "checkout_amount_mismatch",
      param: "expected_amount",
    });
  const { id, billing_details: billing } = resolveMethod(account, method);
  const answers = { email: billing.email, name: billing.name, phone: billing.phone, address: billing.address };
  const browser = { ...call, publishable: true };
  const { session: paid, failure } = paySession(account, session.id, answers, { payment_method: id }, false, browser);
  if (failure) throw failure;
  return paid;
}

export const checkoutRoutes = [
  route("POST /v1/checkout/sessions", {
    parameters: createParameters,
    unsupported: UNSUPPORTED,
    handle: createSession,
  }),
  route("GET /v1/checkout/sessions/:id", { handle: (account, _, call) => sessionOf(account, call) }),
  route("POST /v1/checkout/sessions/:id", {
    parameters: updateParameters,
    unsupported: ["collected_information", "line_items", "shipping_options"],
    handle(account, { metadata, payment_intent_data: data }, call) {
      const session = sessionOf(account, call);
      if (data) {
        checkOpen(session, "updated");
        const book = checkoutBook(account, session.id);
        const before = book.given.payment_intent_data;
        const kept = Object.fromEntries(
          Object.entries({ ...before, ...data }).filter(([, value]) => value !== null && value !== undefined),
        );
        const merged = { ...kept, metadata: mergeMetadata(before?.metadata ?? null, data.metadata) };
        account.tables.checkoutBooks.put({ ...book, given: { ...book.given, payment_intent_data: merged } });
      }
      return account.tables.checkoutSessions.put({ ...session, metadata: mergeMetadata(session.metadata, metadata) });
    },
  }),
  route("POST /v1/checkout/sessions/:id/expire", {
    handle: (account, _, call) => expireSession(account, sessionOf(account, call)),
  }),
  route("GET /v1/checkout/sessions/:id/line_items", {
    parameters: pagination,
    handle: (account, given, call) => lineItemsOf(account, sessionOf(account, call), given),
  }),
  route("GET /v1/checkout/sessions", {
    parameters: {
      ...pagination,
      created,
      customer: text.optional(),
      customer_details: strict({ email: text }).optional(),
      payment_intent: text.optional(),
      status: oneOf("complete", "expired", "open").optional(),
      subscription: text.optional(),
    },
    unsupported: ["customer_account", "payment_link"],
    handle: (account, given) =>
      pageOf(
        account.tables.checkoutSessions,
        given,
        "/v1/checkout/sessions",
        (row) =>
          matchesCreated(given.created, row.created) &&
          (!given.customer || idOf(row.customer) === given.customer) &&
          (!given.customer_details || row.customer_details?.email === given.customer_details.email) &&
          (!given.payment_intent || row.payment_intent === given.payment_intent) &&
          (!given.status || row.status === given.status) &&
          (!given.subscription || row.subscription === given.subscription),
      ),
  }),
  route("GET /v1/payment_pages/:id", { handle: (account, _, call) => sessionOf(account, call) }),
  route("POST /v1/payment_pages/:id/confirm", {
    parameters: { expected_amount: integer, payment_method: text },
    handle: (account, given, call) =>
      confirmPage(account, sessionOf(account, call), given.payment_method, given.expected_amount, call),
  }),
];
