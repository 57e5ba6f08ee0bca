import { getFormatter } from "next-intl/server";
import { SandboxRibbon } from "@/components/sandbox/ribbon";
import { currentSession } from "@/lib/auth/gate";
import { now } from "@/lib/clock";
import { env, isSandbox } from "@/lib/env";
import { moveClock, spend } from "./actions";

/** The bar above every page while a stand-in is in use; nothing in production. */
export async function SandboxBar({ canSpend = false }: { canSpend?: boolean }) {
  if (!isSandbox()) return null;
  const [format, session] = await Promise.all([getFormatter(), currentSession()]);
  const { SANDBOX_MAIL_URL, SANDBOX_STRIPE_URL } = env();
  return (
    <SandboxRibbon
      time={format.dateTime(now(), { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" })}
      mailUrl={SANDBOX_MAIL_URL}
      moveClock={SANDBOX_STRIPE_URL && session ? moveClock : undefined}
      spend={canSpend ? spend : undefined}
    />
  );
}
