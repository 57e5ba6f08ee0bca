import type { ErrorCode, FieldError } from "@/lib/errors";

/** `unreachable` is the browser's own: the server could not be asked at all. */
export type Problem = { code: ErrorCode | "unreachable"; fields: FieldError[] };
/** What every server action answers. */
export type ActionResult<T = null> = { ok: true; value: T } | { ok: false; error: Problem };
