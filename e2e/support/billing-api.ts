import { randomUUID } from "node:crypto";
import { demo } from "./demo";

export interface Answer<T = Record<string, unknown>> {
  status: number;
  body: T;
}

/** The HTTP API as a program uses it: by Bearer token or by the cookie of a session. */
export class BillingApi {
  constructor(private readonly credential: { token: string } | { cookie: string }) {}

  get = <T>(path: string) => this.#call<T>("GET", path);
  delete = <T>(path: string) => this.#call<T>("DELETE", path);
  put = <T>(path: string, body: unknown) => this.#call<T>("PUT", path, body);
  post = <T>(path: string, body: unknown, key: string = randomUUID()) => this.#call<T>("POST", path, body, key);

  async #call<T>(method: string, path: string, body?: unknown, key?: string): Promise<Answer<T>> {
    const headers: Record<string, string> =
      "token" in this.credential
        ? { authorization: `Bearer ${this.credential.token}` }
        : { cookie: this.credential.cookie };
    if (body !== undefined) headers["content-type"] = "application/json";
    if (key) headers["idempotency-key"] = key;
    const answer = await fetch(`${demo().url}/api/v1/billing${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json().catch(() => ({}))) as T };
  }
}

/** The body of an answer that must be a success. @throws Error that shows the answer when it is not */
export function succeeded<T>({ status, body }: Answer<T>): T {
  if (status >= 300) throw new Error(`the API answered ${status}: ${JSON.stringify(body)}`);
  return body;
}
