"use server";

import { z } from "zod";
import { answer } from "@/app/answer";
import { requireScope } from "@/lib/auth/gate";
import { invalid } from "@/lib/errors";
import { removeLogo, saveBranding, saveLogo } from "@/lib/tenants/branding";
import { LARGEST_LOGO_BYTES } from "@/lib/tenants/logo";

const look = z.strictObject({
  colour: z.string().regex(/^#[0-9a-f]{6}$/i),
  footer: z
    .string()
    .trim()
    .max(500)
    .transform((text) => text || null),
});

export async function saveBrandingAction(input: unknown) {
  return answer(async () => {
    await saveBranding(await requireScope("admin"), look.parse(input));
    return null;
  });
}

export async function saveLogoAction(form: FormData) {
  return answer(async () => {
    const scope = await requireScope("admin");
    const file = form.get("logo");
    if (!(file instanceof File)) throw invalid("logo", "not_an_image");
    if (file.size > LARGEST_LOGO_BYTES) throw invalid("logo", "too_large");
    await saveLogo(scope, Buffer.from(await file.arrayBuffer()));
    return null;
  });
}

export async function removeLogoAction() {
  return answer(async () => {
    await removeLogo(await requireScope("admin"));
    return null;
  });
}
