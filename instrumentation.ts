import type { Front } from "@/lib/http/front";

/** Runs once when the server starts: a wrong setting stops it here, with everything that is wrong in one list. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next's own marker, replaced at build time, so that the edge bundle stays empty
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { checkAtStart } = await import("@/lib/health/start");
  checkAtStart();
  // Our own server (scripts/serve.mjs) waits for its listener, built here like everything else; others have the route files.
  const { evenkeelFront } = globalThis as typeof globalThis & { evenkeelFront?: (front: Front) => void };
  if (evenkeelFront) evenkeelFront((await import("@/lib/http/front")).front);
}
