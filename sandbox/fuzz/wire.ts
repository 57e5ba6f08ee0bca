import { Agent, request as send } from "node:http";
import type { FuzzRequest } from "./request";

export type Answer = { status: number; headers: Record<string, string>; text: string; ms: number };

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const PATIENCE_MS = 30_000;
const CUT_AFTER_MS = 15;

/**
 * Sends a request as it stands, without putting anything about it right.
 * @returns null when the connection was cut off, or nobody answered within half a minute
 */
export function exchange(origin: string, asked: FuzzRequest): Promise<Answer | null> {
  const { method, target, body, delivery } = asked;
  const headers: Record<string, string | number> = { ...asked.headers };
  if (body && delivery === "length") headers["content-length"] = body.length;
  if (body && delivery === "cut") headers["content-length"] = body.length + 100;
  const { hostname, port } = new URL(origin);
  const since = performance.now();
  return new Promise((resolve) => {
    const wire = send({ hostname, port, method, path: target, headers, agent, timeout: PATIENCE_MS }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", () => resolve(null));
      response.once("end", () => {
        const named = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(named),
          text,
          ms: performance.now() - since,
        });
      });
    });
    wire.once("error", () => resolve(null));
    wire.once("timeout", () => wire.destroy());
    if (body && delivery === "chunked") {
      wire.write(body.subarray(0, body.length >> 1));
      wire.end(body.subarray(body.length >> 1));
    } else if (delivery === "cut") {
      wire.write(body ?? "");
      setTimeout(() => wire.destroy(), CUT_AFTER_MS);
    } else wire.end(body ?? undefined);
  });
}

/** A connection that is kept open keeps its server from ending. */
export const closeWires = (): void => agent.destroy();

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const LONGEST = 2_000;

/** The request as a line for the shell; of a long body its beginning and its length. */
export function curlLine(origin: string, { method, target, headers, body }: FuzzRequest): string {
  const parts = ["curl", "-i", "--path-as-is", "-X", method, quoted(origin + target)];
  for (const [name, value] of Object.entries(headers)) parts.push("-H", quoted(`${name}: ${value}`));
  if (body) {
    const bytes = [...body.subarray(0, LONGEST)];
    const isPlain = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
    const escaped = bytes.map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
    parts.push("--data-binary", isPlain ? quoted(body.subarray(0, LONGEST).toString()) : `$'${escaped}'`);
    if (body.length > LONGEST) parts.push(`# and on: ${body.length} bytes in all`);
  }
  return parts.join(" ");
}
