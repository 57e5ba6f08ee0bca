import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

const WINDOW_SECONDS = 10;

let limiter: RateLimiterMemory | undefined;

/**
 * Counts a call of a tenant by one token or session, in this instance's memory: a guard against runaway callers, not an
 * account of use, so the database is not asked.
 * @throws AppError rate_limited with the seconds to wait
 */
export async function takeFromAllowance(tenantId: string, credentialId: string): Promise<void> {
  limiter ??= new RateLimiterMemory({ points: env().API_RATE_PER_10S, duration: WINDOW_SECONDS });
  try {
    await limiter.consume(`${tenantId}:${credentialId}`);
  } catch (answer) {
    const seconds = Math.ceil((answer as RateLimiterRes).msBeforeNext / 1000);
    throw new AppError("rate_limited", `More than ${env().API_RATE_PER_10S} calls in ${WINDOW_SECONDS} seconds`, {
      retryAfterSeconds: Math.max(1, seconds),
    });
  }
}
