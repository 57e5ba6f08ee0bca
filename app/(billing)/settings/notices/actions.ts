"use server";

import { z } from "zod";
import { answer } from "@/app/answer";
import { requireScope } from "@/lib/auth/gate";
import { NOTICE_KINDS } from "@/lib/notifications/kinds";
import { saveMuted } from "@/lib/notifications/muting";

export async function saveMutedAction(input: unknown) {
  return answer(async () => {
    const { muted } = z.strictObject({ muted: z.array(z.enum(NOTICE_KINDS)).max(NOTICE_KINDS.length) }).parse(input);
    await saveMuted(await requireScope("admin"), muted);
    return null;
  });
}
