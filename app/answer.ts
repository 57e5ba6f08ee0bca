import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import { z } from "zod";
import type { ActionResult } from "@/components/forms/action-result";
import { AppError } from "@/lib/errors";
import { log, withLogContext } from "@/lib/log";

/**
 * Turns the work of a server action into a result: refusals and invalid input become codes that the page can put into
 * words; anything else is logged and answered as `internal`.
 */
export async function answer<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  const requestId = (await headers()).get("x-request-id") ?? undefined;
  return withLogContext({ requestId }, () => result(work));
}

async function result<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    // redirects and notFound travel as exceptions
    unstable_rethrow(error);
    if (error instanceof AppError)
      return { ok: false, error: { code: error.code, fields: error.options.fields ?? [] } };
    if (error instanceof z.ZodError) {
      const fields = error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
      return { ok: false, error: { code: "invalid_request", fields } };
    }
    log().error({ err: error }, "server action failed");
    return { ok: false, error: { code: "internal", fields: [] } };
  }
}
