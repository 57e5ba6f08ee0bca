import type { FormTree, FormValue } from "./form";

const KEPT = 5_000;

/** One request as `GET /_sandbox/requests` shows it. */
export interface LoggedRequest {
  id: string;
  method: string;
  path: string;
  idempotencyKey: string | null;
  params: FormValue;
  /** HTTP status of the answer; null while there is none, and for ever when the answer was lost on purpose. */
  status: number | null;
  /** ISO instant on the moved clock. */
  at: string;
}

const SECRET_NAMES = new Set(["number", "cvc", "account_number"]);

function masked(name: string, value: FormValue): FormValue {
  if (Array.isArray(value)) return value.map((item) => masked("", item));
  if (typeof value === "object") return maskNumbers(value);
  return SECRET_NAMES.has(name) ? `${"*".repeat(Math.max(0, value.length - 4))}${value.slice(-4)}` : value;
}

function maskNumbers(tree: FormTree): FormTree {
  return Object.fromEntries(
    Object.entries(tree).map(([name, value]) => [name, name === "cvc" ? "***" : masked(name, value)]),
  );
}

/** The last 5,000 requests, newest last, without card and account numbers. */
export class RequestLog {
  private entries: LoggedRequest[] = [];

  add(request: Omit<LoggedRequest, "params" | "status"> & { params: FormTree }): LoggedRequest {
    const entry: LoggedRequest = { ...request, params: maskNumbers(request.params), status: null };
    this.entries.push(entry);
    if (this.entries.length >= KEPT * 2) this.entries = this.entries.slice(-KEPT);
    return entry;
  }

  all(): LoggedRequest[] {
    return this.entries.slice(-KEPT);
  }

  clear(): void {
    this.entries = [];
  }
}
