import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { notifications } from "@/db/schema";
import type { AppEvent } from "@/inngest/events";
import type { TenantId } from "@/lib/ids";
import type { NoticeContent } from "@/lib/notifications/kinds";
import { notify } from "@/lib/notifications/notify";
import { dayName, monthName } from "./calendar";
import type { Charge, Skip } from "./decide";
import { nearlyReached, usedOfDay } from "./limits";
import type { Setup } from "./setup";
import type { Reason } from "./types";

/** Records a notice once and adds the event that sends it to what is told after the commit. */
export async function notice(
  tx: Tx,
  after: AppEvent[],
  tenantId: TenantId,
  dedupeKey: string,
  content: NoticeContent,
): Promise<void> {
  const notificationId = await notify(tx, { tenantId, dedupeKey, ...content });
  if (notificationId) after.push({ name: "notification/created", data: { tenantId, notificationId } });
}

const NEVER_SENT: ReadonlySet<Reason> = new Set([
  "balance_not_low",
  "charge_in_progress",
  "charge_processing",
  "outcome_unknown",
  "backing_off",
  "min_interval",
  "dry_run",
]);
const LOW_AND_IDLE: ReadonlySet<Reason> = new Set([
  "rule_off",
  "stopped_all",
  "stopped_tenant",
  "needs_authentication",
  "paused_declines",
  "paused_hard_decline",
  "paused_returned",
]);

async function wasTold(tx: Tx, tenantId: TenantId, episodeId: string): Promise<boolean> {
  const told = await tx.$count(
    notifications,
    and(
      eq(notifications.tenantId, tenantId),
      eq(notifications.dedupeKey, `episode:${episodeId}`),
      inArray(notifications.kind, ["declined", "paused", "needs_authentication", "low_balance"]),
    ),
  );
  return told > 0;
}

function windowOf(reason: "max_per_day" | "max_per_month" | "max_charges_per_day", setup: Setup): string {
  const { situation: s, timeZone } = setup;
  return reason === "max_per_month"
    ? `${reason}:${monthName(s.now, timeZone)}`
    : `${reason}:${dayName(s.now, timeZone)}`;
}

/** Tells the customer why a low balance is not filled, once per episode or per window of a limit. */
export async function noticeOfSkip(
  tx: Tx,
  after: AppEvent[],
  setup: Setup,
  skip: Skip,
  episodeId: string,
): Promise<void> {
  const { situation: s, rule } = setup;
  const { reason } = skip;
  if (NEVER_SENT.has(reason)) return;
  const key = `episode:${episodeId}`;
  if (LOW_AND_IDLE.has(reason)) {
    if (await wasTold(tx, rule.tenantId, episodeId)) return;
    return notice(tx, after, rule.tenantId, key, {
      kind: "low_balance",
      params: { balanceMinor: s.balanceMinor, minMinor: s.minMinor, reason },
    });
  }
  if (reason === "max_per_day" || reason === "max_per_month" || reason === "max_charges_per_day") {
    const used =
      reason === "max_per_month" ? s.usedMonthMinor : reason === "max_per_day" ? usedOfDay(s) : s.chargesOfDay.length;
    return notice(tx, after, rule.tenantId, windowOf(reason, setup), {
      kind: "limit_100",
      params: {
        limit: reason,
        used,
        allowed: skip.limitMinor ?? skip.limitCount ?? 0,
        resetsAt: skip.nextPossibleAt?.toISOString() ?? null,
      },
    });
  }
  return notice(tx, after, rule.tenantId, `${key}:${reason}`, {
    kind: "blocked",
    params: { balanceMinor: s.balanceMinor, reason, nextPossibleAt: skip.nextPossibleAt?.toISOString() ?? null },
  });
}

/** Warns once per window when a charge brings a limit of money to 80 %. */
export async function noticeOfNearLimits(tx: Tx, after: AppEvent[], setup: Setup, charge: Charge): Promise<void> {
  const { situation: s, rule } = setup;
  for (const window of nearlyReached(charge.quote.totalMinor, s)) {
    const limit = window === "month" ? "max_per_month" : "max_per_day";
    const used = (window === "month" ? s.usedMonthMinor : usedOfDay(s)) + charge.quote.totalMinor;
    const allowed = (window === "month" ? s.limits.maxPerMonthMinor : s.limits.maxPerDayMinor) ?? 0;
    const resetsAt = window === "month" ? s.monthEndsAt.toISOString() : null;
    await notice(tx, after, rule.tenantId, windowOf(limit, setup), {
      kind: "limit_80",
      params: { limit, used, allowed, resetsAt },
    });
  }
}
