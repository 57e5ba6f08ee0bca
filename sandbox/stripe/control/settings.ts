import { z } from "zod";
import type { Account } from "../account";
import type { Row } from "../state/table";

/** Stripe's limits of test mode. */
const DEFAULT_LIMITS = { globalPerSecond: 25, endpointPerSecond: 25 };

const perSecond = z.int().min(1).max(100_000);
const limits = z.strictObject({
  globalPerSecond: perSecond.default(DEFAULT_LIMITS.globalPerSecond),
  endpointPerSecond: perSecond.default(DEFAULT_LIMITS.endpointPerSecond),
});

/** Body of `POST /_sandbox/settings`: what makes the stand-in as inconvenient as Stripe is, off unless asked for. */
export const settingsBody = z.strictObject({
  /** How long a search does not see what was written (moved time); Stripe says up to a minute. */
  searchLagMs: z.int().min(0).max(3_600_000).optional(),
  /** `automatic`, the default, pays out every business day what is available. */
  payouts: z.enum(["automatic", "manual"]).optional(),
  /** `true` stands for test mode's 25 a second. */
  rateLimits: z
    .union([z.boolean(), limits])
    .transform((given) => (given === true ? DEFAULT_LIMITS : given === false ? null : given))
    .optional(),
  /** What becomes of a subscription when the last retry of a payment has failed. */
  afterRetries: z.enum(["cancel", "past_due", "unpaid"]).optional(),
});

export interface Settings {
  searchLagMs: number;
  payouts: "automatic" | "manual";
  afterRetries: "cancel" | "past_due" | "unpaid";
  rateLimits: z.output<typeof limits> | null;
}

export interface SettingsRow extends Row, Settings {}

const ID = "settings";
export const DEFAULT_SETTINGS: Settings = {
  searchLagMs: 0,
  payouts: "automatic",
  rateLimits: null,
  afterRetries: "cancel",
};

export function readSettings(account: Account): Settings {
  const row = account.tables.settings.get(ID);
  if (!row) return DEFAULT_SETTINGS;
  const { id: _id, ...chosen } = row;
  return { ...DEFAULT_SETTINGS, ...chosen };
}

export function changeSettings(account: Account, given: z.output<typeof settingsBody>): Settings {
  const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  account.store.transaction(() => account.tables.settings.put({ id: ID, ...readSettings(account), ...changes }));
  return readSettings(account);
}
