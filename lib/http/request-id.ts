import { randomUUID } from "node:crypto";

const SANE = /^[\w.:-]{1,128}$/;

/** The request's own id when it carries a sane one (so that a caller can follow it through), else a new one. */
export function requestIdOf(request: Pick<Request, "headers">): string {
  const given = request.headers.get("x-request-id");
  return given && SANE.test(given) ? given : randomUUID();
}
