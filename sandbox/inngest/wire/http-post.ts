import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

export interface HttpAnswer {
  status: number;
  header(name: string): string | null;
  text: string;
}

/** Error codes that prove the request never reached the app. */
const NOTHING_RAN = new Set(["ECONNREFUSED", "EADDRNOTAVAIL", "EHOSTUNREACH", "ENOTFOUND", "EAI_AGAIN"]);

/** Whether a failed request can be repeated without having run anything. */
export function neverArrived(error: unknown): boolean {
  return error instanceof Error && "code" in error && NOTHING_RAN.has(String(error.code));
}

export class CallTimeout extends Error {
  override name = "CallTimeout";
}

/**
 * One HTTP request over a connection of its own. Kept-alive connections to an app that has been restarted look
 * like calls broken in the middle; a fresh one is either refused or answered.
 * @param timeoutMs real time until {@link CallTimeout}
 */
export function send(
  method: "POST" | "PUT",
  url: URL,
  body: string,
  headers: Record<string, string>,
  timeoutMs: number,
): Promise<HttpAnswer> {
  const open = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const payload = Buffer.from(body);
    const request = open(url, {
      method,
      agent: false,
      headers: { ...headers, "content-type": "application/json", "content-length": String(payload.length) },
    });
    const timer = setTimeout(() => request.destroy(new CallTimeout(`no answer within ${timeoutMs} ms`)), timeoutMs);
    request.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", (error) => {
        clearTimeout(timer);
        reject(error);
      });
      response.on("end", () => {
        clearTimeout(timer);
        const header = (name: string): string | null => {
          const value = response.headers[name];
          return (Array.isArray(value) ? value[0] : value) ?? null;
        };
        resolve({ status: response.statusCode ?? 0, header, text: Buffer.concat(chunks).toString("utf8") });
      });
    });
    request.end(payload);
  });
}
