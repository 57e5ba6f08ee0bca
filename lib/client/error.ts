import type { ErrorCode, FieldError } from "@/lib/errors";

/** `unreachable` and `timeout` are the client's own: no answer came. `unexpected_answer`: it came from something between. */
export type BillingErrorCode = ErrorCode | "unreachable" | "timeout" | "unexpected_answer";

type Told = {
  code: BillingErrorCode;
  status: number;
  errors?: readonly FieldError[];
  requestId?: string | null;
  cause?: unknown;
};

/** A call that was refused, or that nobody answered. */
export class BillingError extends Error {
  override readonly name = "BillingError";
  /** One of a closed set, explained at /docs/api: what to decide by. */
  readonly code: BillingErrorCode;
  /** HTTP's; 0 when no answer came. */
  readonly status: number;
  /** Which fields were wrong, by their dotted paths. */
  readonly errors: readonly FieldError[];
  /** To be named when asking for support; the server's log has it. */
  readonly requestId: string | null;

  constructor(message: string, { code, status, errors = [], requestId = null, cause }: Told) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.status = status;
    this.errors = errors;
    this.requestId = requestId;
  }
}

type Problem = { code: ErrorCode; detail: string; errors: FieldError[] };

const isProblem = (body: unknown): body is Problem =>
  typeof body === "object" && body !== null && "code" in body && typeof body.code === "string" && "detail" in body;

/** The refusal in an answer (RFC 9457). */
export async function errorOf(response: Response): Promise<BillingError> {
  const { status } = response;
  const requestId = response.headers.get("x-request-id");
  const body: unknown = await response.json().catch(() => null);
  if (!isProblem(body))
    return new BillingError(`The server answered ${status}`, { code: "unexpected_answer", status, requestId });
  return new BillingError(body.detail, { code: body.code, status, errors: body.errors, requestId });
}
