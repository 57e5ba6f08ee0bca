import { decide } from "./decide";
import type { Situation } from "./situation";
import type { Reason, RechargeState } from "./types";

export type StateView = { state: RechargeState; reason: Reason | null; nextPossibleAt: Date | null };

const STATE_OF_OPEN: Record<string, StateView["state"]> = {
  reserved: "charging",
  charging: "charging",
  unknown: "charging",
  processing: "processing",
  requires_action: "paused",
};

const PAUSED: ReadonlySet<Reason> = new Set([
  "paused_declines",
  "paused_hard_decline",
  "paused_returned",
  "needs_authentication",
  "no_payment_method",
]);
const STOPPED: ReadonlySet<Reason> = new Set(["stopped_all", "stopped_tenant", "dry_run"]);

/** What the rule is doing now, in one word and with its reason: the same decision as the one that charges, only shown. */
export function stateOf(s: Situation): StateView {
  const view = (state: RechargeState, reason: Reason | null, nextPossibleAt: Date | null = null): StateView => ({
    state,
    reason,
    nextPossibleAt,
  });
  if (!s.enabled) return view("off", null);
  const low = s.minMinor !== null && s.balanceMinor < s.minMinor;
  // For a balance that is not low, the question is what would happen if it were.
  const verdict = decide(
    low || s.minMinor === null ? s : { ...s, balanceMinor: (s.minMinor - 1) as typeof s.balanceMinor },
  );
  if (s.brakes.stopAll || s.brakes.stopTenant) return view("stopped", verdict.reason);
  if (s.open) return view(STATE_OF_OPEN[s.open.state] ?? "charging", verdict.reason);
  if (verdict.kind === "charge") return view("active", null);
  if (STOPPED.has(verdict.reason)) return view("stopped", verdict.reason);
  if (PAUSED.has(verdict.reason)) return view("paused", verdict.reason);
  return low ? view("waiting", verdict.reason, verdict.nextPossibleAt) : view("active", null);
}
