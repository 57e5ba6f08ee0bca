import type { Account } from "../../account";
import { StripeFailure } from "../../http/errors";
import type { FormTree } from "../../http/form";

/** Members and parameters that lead from an object to its customer. */
const LEADS = ["customer", "subscription", "invoice", "payment_intent", "setup_intent", "payment_method", "charge"];
const MOST_STEPS = 4;

/** The test clock that an object lives by, through its customer. */
function clockOf(account: Account, id: string, steps: number): string | null {
  const found = steps > 0 && id.includes("_") ? account.find(id) : null;
  if (!found) return null;
  if ("test_clock" in found) return typeof found.test_clock === "string" ? found.test_clock : null;
  if ("object" in found && found.object === "test_helpers.test_clock") return id;
  for (const name of LEADS) {
    const next: unknown = Reflect.get(found, name);
    const clock = typeof next === "string" ? clockOf(account, next, steps - 1) : null;
    if (clock) return clock;
  }
  return null;
}

/** The test clock that a request concerns: the one it names, or that of the object or customer it is about. */
function clockOfRequest(account: Account, path: string, params: FormTree): string | null {
  if (typeof params.test_clock === "string") return params.test_clock;
  const ids = [...path.split("/").slice(3), ...LEADS.map((name) => params[name])];
  for (const id of ids) {
    const clock = typeof id === "string" ? clockOf(account, id, MOST_STEPS) : null;
    if (clock) return clock;
  }
  return null;
}

/**
 * The time in which a request is worked on, for `account.at`; null for the account's own.
 * @throws StripeFailure 429 for a change while the clock is on its way
 */
export function presentFor(
  account: Account,
  request: { method: string; path: string; params: FormTree },
): { clock: string; ms: number } | null {
  if (account.tables.testClocks.size === 0 || request.path.startsWith("/v1/test_helpers/test_clocks")) return null;
  const clock = account.tables.testClocks.get(clockOfRequest(account, request.path, request.params) ?? "");
  if (!clock) return null;
  if (clock.status === "advancing" && request.method !== "GET") {
    const message = `Test clock advancement underway - cannot perform modifications: ${clock.id}`;
    throw new StripeFailure(429, { type: "invalid_request_error", message });
  }
  return { clock: clock.id, ms: clock.frozen_time * 1000 };
}
