import type { Server } from "node:http";
import type { NodeHandler } from "@/lib/http/front";

/** What `scripts/serve.mjs` makes its server of. */
type Front = { createFront: (next: NodeHandler) => Server; drain: (server: Server) => Promise<void> };

/** Runs once when the server starts: a wrong setting stops it here, with everything that is wrong in one list. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next's own marker, replaced at build time, so that the edge bundle stays empty
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { checkAtStart } = await import("@/lib/health/start");
  checkAtStart();
  // Our own server (scripts/serve.mjs) waits for its listener, built here like everything else; others have the route files.
  const { evenkeelFront } = globalThis as typeof globalThis & { evenkeelFront?: (front: Front) => void };
  if (!evenkeelFront) return;
  const [{ createFront, drain }, { jobs }] = await Promise.all([
    import("@/lib/http/front"),
    import("@/inngest/listener"),
  ]);
  evenkeelFront({ createFront: (next) => createFront(next, jobs), drain });
}
