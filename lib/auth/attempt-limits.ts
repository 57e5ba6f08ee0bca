import { RateLimiterPostgres, type RateLimiterRes } from "rate-limiter-flexible";
import { systemSql } from "@/db/client";
import { AppError } from "@/lib/errors";

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * How often something may be tried, and in how many seconds; after that it is locked as long again. Counted in the database, so
 * across all instances. An office shares one network address: more room there, but an end to trying many people from one place.
 */
const LIMITS = {
  "sign-in-email": { points: 5, seconds: 15 * MINUTE },
  "sign-in-address": { points: 50, seconds: 15 * MINUTE },
  "sign-up-email": { points: 3, seconds: HOUR },
  "sign-up-address": { points: 30, seconds: HOUR },
  "link-email": { points: 5, seconds: HOUR },
  "link-address": { points: 50, seconds: HOUR },
  "organisations-user": { points: 10, seconds: 24 * HOUR },
  "invitations-tenant": { points: 50, seconds: 24 * HOUR },
} as const satisfies Record<string, { points: number; seconds: number }>;

export type Limit = keyof typeof LIMITS;

const open = new Map<Limit, RateLimiterPostgres>();

const store = {
  query: async ({ text, values }: { text: string; values?: (string | number | null)[] }) => {
    const rows = await systemSql().unsafe(text, values);
    return { rows: rows.map((row) => ({ ...row, expire: Number(row.expire) })), rowCount: rows.length };
  },
};

function limiter(limit: Limit): RateLimiterPostgres {
  const { points, seconds } = LIMITS[limit];
  const found =
    open.get(limit) ??
    new RateLimiterPostgres({
      storeClient: store,
      storeType: "client",
      tableName: "rate_limits",
      tableCreated: true,
      keyPrefix: limit,
      points,
      duration: seconds,
      blockDuration: seconds,
    });
  open.set(limit, found);
  return found;
}

const isLimiterAnswer = (thrown: unknown): thrown is RateLimiterRes =>
  typeof thrown === "object" && thrown !== null && "msBeforeNext" in thrown;

/** Takes one try from an allowance. @throws AppError rate_limited with the seconds to wait */
export async function takeTry(limit: Limit, key: string): Promise<void> {
  try {
    await limiter(limit).consume(key);
  } catch (thrown) {
    if (!isLimiterAnswer(thrown)) throw thrown;
    throw new AppError("rate_limited", "Too many tries; try again later", {
      retryAfterSeconds: Math.max(1, Math.ceil(thrown.msBeforeNext / 1000)),
    });
  }
}

/** Gives one try back. */
export async function returnTry(limit: Limit, key: string): Promise<void> {
  await limiter(limit).reward(key, 1);
}

/** Forgets all tries. */
export async function forgetTries(limit: Limit, key: string): Promise<void> {
  await limiter(limit).delete(key);
}
