import { RateLimiterPostgres, type RateLimiterRes } from "rate-limiter-flexible";
import { systemSql } from "@/db/client";
import { AppError } from "@/lib/errors";

/** Failures in 15 minutes, then 15 minutes of lock-out; counted in the database, so across all instances. */
const WINDOW_SECONDS = 15 * 60;
const PER_EMAIL = 5;
/** An office shares one address: more room, but an end to trying many accounts from one place. */
const PER_ADDRESS = 50;

type Limits = { email: RateLimiterPostgres; address: RateLimiterPostgres };
let limits: Limits | undefined;

function open(): Limits {
  const store = {
    query: async ({ text, values }: { text: string; values?: (string | number | null)[] }) => {
      const rows = await systemSql().unsafe(text, values);
      return { rows: rows.map((row) => ({ ...row, expire: Number(row.expire) })), rowCount: rows.length };
    },
  };
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      storeClient: store,
      storeType: "client",
      tableName: "rate_limits",
      tableCreated: true,
      keyPrefix,
      points,
      duration: WINDOW_SECONDS,
      blockDuration: WINDOW_SECONDS,
    });
  return { email: limiter("sign-in-email", PER_EMAIL), address: limiter("sign-in-address", PER_ADDRESS) };
}

function refuse(millisecondsLeft: number): never {
  throw new AppError("rate_limited", "Too many failed sign-ins; try again later", {
    retryAfterSeconds: Math.max(1, Math.ceil(millisecondsLeft / 1000)),
  });
}

const isLimiterAnswer = (thrown: unknown): thrown is RateLimiterRes =>
  typeof thrown === "object" && thrown !== null && "msBeforeNext" in thrown;

/**
 * Takes one try from the e-mail's and the address's allowance before the password is looked at, so that parallel guesses
 * cannot slip through together.
 * @throws AppError rate_limited with the seconds to wait
 */
export async function takeSignInTry(email: string, address: string): Promise<void> {
  limits ??= open();
  try {
    await limits.address.consume(address);
    await limits.email.consume(email);
  } catch (thrown) {
    if (isLimiterAnswer(thrown)) refuse(thrown.msBeforeNext);
    throw thrown;
  }
}

/** Forgives the tries after a success. */
export async function forgiveSignInTries(email: string, address: string): Promise<void> {
  limits ??= open();
  await Promise.all([limits.email.delete(email), limits.address.reward(address, 1)]);
}
