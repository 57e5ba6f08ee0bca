"use server";

import { z } from "zod";
import { answer } from "@/app/answer";
import { requireScope } from "@/lib/auth/gate";
import { markRead } from "@/lib/notifications/queries";

/** Takes a notice off the dashboard, for everybody of the tenant. */
export async function markNoticeRead(notificationId: string) {
  return answer(async () => {
    const scope = await requireScope("admin");
    await markRead(scope, z.uuid().parse(notificationId));
    return null;
  });
}
