import postgres from "postgres";
import { AppError } from "@/lib/errors";

/** Turns the refusals of the ledger's SQL functions (drizzle/0001_ledger_functions.sql) into the product's. */
export function ledgerRefusal(error: unknown): unknown {
  const cause = error instanceof Error && error.cause instanceof postgres.PostgresError ? error.cause : error;
  if (!(cause instanceof postgres.PostgresError)) return error;
  switch (cause.code) {
    case "EK001":
      return new AppError("insufficient_balance", undefined, { cause });
    case "EK002":
      return new AppError("debit_id_reused", undefined, { cause });
    case "EK003":
      return new AppError("hold_not_active", undefined, { cause });
    case "EK004":
      return new AppError("not_found", undefined, { cause });
    default:
      return error;
  }
}
