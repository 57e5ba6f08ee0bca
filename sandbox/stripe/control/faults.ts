import { z } from "zod";
import type { Account } from "../account";
import { newId } from "../state/ids";
import type { Row } from "../state/table";

const requestFault = z.strictObject({
  match: z
    .strictObject({
      method: z.string().optional(),
      path: z.string().optional(),
      idempotencyKey: z.string().optional(),
      customer: z.string().optional(),
    })
    .optional(),
  times: z.int().min(1).default(1),
  do: z.enum(["reset_before", "reset_after", "timeout_after", "status"]).optional(),
  status: z.int().min(400).max(599).optional(),
  code: z.string().optional(),
  delayMs: z.int().min(0).max(120_000).optional(),
});

const webhookFault = z.strictObject({
  duplicate: z.int().min(0).default(0),
  shuffle: z.boolean().default(false),
  delayMs: z.int().min(0).max(120_000).default(0),
  drop: z.int().min(0).default(0),
  types: z.array(z.string()).nullable().default(null),
});

/** Body of `POST /_sandbox/faults`: something that goes wrong with requests, with webhooks, or both. */
export const faultBody = z
  .strictObject({ ...requestFault.partial().shape, webhooks: webhookFault.optional() })
  .refine((body) => body.webhooks || body.do || body.delayMs, { error: "say what goes wrong: do, delayMs or webhooks" })
  .refine((body) => body.do !== "status" || body.status, { error: 'do "status" needs a status' });

export interface Fault extends Row, z.output<typeof requestFault> {}
export interface WebhookFault extends Row, z.output<typeof webhookFault> {}

export function addFaults(account: Account, body: z.output<typeof faultBody>): void {
  const { webhooks, ...request } = body;
  account.store.transaction(() => {
    if (request.do || request.delayMs)
      account.tables.faults.put({ id: newId("fault"), ...request, times: request.times ?? 1 });
    if (webhooks) account.tables.webhookFaults.put({ id: newId("fault"), ...webhooks });
  });
}

export function listFaults(account: Account) {
  return { data: [...account.tables.faults.oldestFirst()], webhooks: [...account.tables.webhookFaults.oldestFirst()] };
}

export function clearFaults(account: Account): void {
  account.store.transaction(() => {
    for (const table of [account.tables.faults, account.tables.webhookFaults]) {
      for (const row of [...table.oldestFirst()]) table.delete(row.id);
    }
  });
}

/** `*` matches anything, `:name` one segment. */
function matchesText(pattern: string | undefined, text: string | null): boolean {
  if (pattern === undefined) return true;
  if (text === null) return false;
  const source = pattern
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/:\w+/g, "[^/]+");
  return new RegExp(`^${source}$`).test(text);
}

/** The first fault set for a request; `takeFault` counts it. */
export function findFault(
  account: Account,
  request: { method: string; path: string; idempotencyKey: string | null; params: Record<string, unknown> },
): Fault | null {
  for (const fault of account.tables.faults.oldestFirst()) {
    const { method, path, idempotencyKey, customer } = fault.match ?? {};
    const methodMatches = method === undefined || method.toUpperCase() === request.method;
    const customerMatches = customer === undefined || customer === request.params.customer;
    const pathMatches = matchesText(path, request.path);
    if (methodMatches && pathMatches && customerMatches && matchesText(idempotencyKey, request.idempotencyKey))
      return fault;
  }
  return null;
}

/** Uses a fault once; after its last time it is gone. */
export function takeFault(account: Account, fault: Fault): void {
  account.store.transaction(() => {
    if (fault.times <= 1) account.tables.faults.delete(fault.id);
    else account.tables.faults.put({ ...fault, times: fault.times - 1 });
  });
}

/** What is to go wrong with the delivery of an event; a drop is counted. */
export function takeWebhookFault(
  account: Account,
  eventType: string,
): { drop: boolean; copies: number; shuffle: boolean; delayMs: number } {
  for (const fault of account.tables.webhookFaults.oldestFirst()) {
    if (fault.types && !fault.types.some((pattern) => matchesText(pattern, eventType))) continue;
    const drop = fault.drop > 0;
    if (drop) account.store.transaction(() => account.tables.webhookFaults.put({ ...fault, drop: fault.drop - 1 }));
    return { drop, copies: 1 + fault.duplicate, shuffle: fault.shuffle, delayMs: fault.delayMs };
  }
  return { drop: false, copies: 1, shuffle: false, delayMs: 0 };
}
