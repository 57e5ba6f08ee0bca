import { closeSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { readLines } from "../state/lines";
import type { FormTree, FormValue } from "./form";

const KEPT = 5_000;
/** The file is written in blocks, because the log must not slow down what it logs. */
const WRITE_AFTER_MS = 50;

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

/** The last 5,000 requests, newest last, without card and account numbers. They outlive the process. */
export class RequestLog {
  private entries: LoggedRequest[] = [];
  private unwritten: LoggedRequest[] = [];
  private descriptor: number | null = null;
  private linesInFile = 0;
  private timer: NodeJS.Timeout | null = null;

  /** @param file null keeps the log in memory only */
  constructor(private readonly file: string | null) {
    if (!file) return;
    mkdirSync(dirname(file), { recursive: true });
    for (const line of readLines(file)) this.keep(JSON.parse(line) as LoggedRequest);
    this.rewrite();
  }

  add(request: Omit<LoggedRequest, "params" | "status"> & { params: FormTree }): LoggedRequest {
    const entry: LoggedRequest = { ...request, params: maskNumbers(request.params), status: null };
    this.keep(entry);
    return entry;
  }

  /** The request has been answered. @param status null when the answer was lost on purpose */
  finish(entry: LoggedRequest, status: number | null): void {
    entry.status = status;
    if (!this.file) return;
    this.unwritten.push(entry);
    this.timer ??= setTimeout(() => this.flush(), WRITE_AFTER_MS);
  }

  private keep(entry: LoggedRequest): void {
    this.entries.push(entry);
    if (this.entries.length >= KEPT * 2) this.entries = this.entries.slice(-KEPT);
  }

  private flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.descriptor === null || this.unwritten.length === 0) return;
    this.linesInFile += this.unwritten.length;
    if (this.linesInFile > KEPT * 4) this.rewrite();
    else writeSync(this.descriptor, this.unwritten.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    this.unwritten = [];
  }

  /** Replaces the file by what is kept. */
  private rewrite(): void {
    if (!this.file) return;
    if (this.descriptor !== null) closeSync(this.descriptor);
    const fresh = `${this.file}.new`;
    writeFileSync(
      fresh,
      this.all()
        .map((entry) => `${JSON.stringify(entry)}\n`)
        .join(""),
    );
    renameSync(fresh, this.file);
    this.descriptor = openSync(this.file, "a");
    this.linesInFile = this.all().length;
    this.unwritten = [];
  }

  all(): LoggedRequest[] {
    return this.entries.slice(-KEPT);
  }

  clear(): void {
    this.entries = [];
    this.rewrite();
  }

  close(): void {
    this.flush();
    if (this.descriptor !== null) closeSync(this.descriptor);
    this.descriptor = null;
  }
}
