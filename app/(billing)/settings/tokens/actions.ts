"use server";

import { z } from "zod";
import { answer } from "@/app/answer";
import { requireScope } from "@/lib/auth/gate";
import { SCOPES, TOKEN_ROLES } from "@/lib/auth/roles";
import { createToken, revokeToken } from "@/lib/auth/tokens";

const newToken = z.strictObject({
  name: z.string().trim().min(1).max(100),
  role: z.enum(TOKEN_ROLES),
  scopes: z.array(z.enum(SCOPES)).max(SCOPES.length),
  expiresInDays: z.number().int().min(1).max(365),
});

/** Makes a token. The JWT is in this answer and nowhere else. */
export async function createTokenAction(input: unknown) {
  return answer(async () => {
    const scope = await requireScope("admin");
    const { jwt } = await createToken(scope, newToken.parse(input));
    return { jwt };
  });
}

export async function revokeTokenAction(tokenId: string) {
  return answer(async () => {
    await revokeToken(await requireScope("admin"), z.uuid().parse(tokenId));
    return null;
  });
}
