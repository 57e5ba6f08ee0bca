import { z } from "zod";
import { SCOPES, TOKEN_ROLES } from "@/lib/auth/roles";
import { type ApiToken, createToken, listTokens, revokeToken } from "@/lib/auth/tokens";
import { endpoint } from "../endpoint";
import { listOut, pageQuery, presentPage, toPageRequest } from "../lists";
import { time, timeOut } from "../money";

const tokenOut = z.object({
  id: z.uuid(),
  name: z.string(),
  role: z.enum(TOKEN_ROLES),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: timeOut,
  expiresAt: timeOut,
  lastUsedAt: timeOut.nullable(),
  revokedAt: timeOut.nullable(),
});

const presentToken = (token: ApiToken) => ({
  id: token.tokenId,
  name: token.name,
  role: token.role,
  scopes: token.scopes,
  createdAt: time(token.createdAt),
  expiresAt: time(token.expiresAt),
  lastUsedAt: time(token.lastUsedAt),
  revokedAt: time(token.revokedAt),
});

export const getTokens = endpoint({
  method: "GET",
  path: "/tokens",
  tag: "Tokens",
  summary: "List API tokens",
  access: { role: "admin" },
  query: pageQuery,
  answer: { status: 200, description: "A page of tokens, newest first, without the JWTs", schema: listOut(tokenOut) },
  handle: async ({ scope, query }) => ({
    body: presentPage(await listTokens(scope, toPageRequest(query)), presentToken),
  }),
});

export const postToken = endpoint({
  method: "POST",
  path: "/tokens",
  tag: "Tokens",
  summary: "Make an API token",
  description:
    "The JWT in `token` is shown this once. A token is never stronger than its maker. A service has its scopes alone; a token of another role may carry scopes beside it, for what is otherwise a service's.",
  access: { role: "admin" },
  secretAnswer: true,
  body: () =>
    z.strictObject({
      name: z.string().trim().min(1).max(100),
      role: z.enum(TOKEN_ROLES),
      scopes: z.array(z.enum(SCOPES)).max(SCOPES.length).default([]),
      expiresInDays: z.int().min(1).max(365).default(90),
    }),
  answer: {
    status: 201,
    description: "The token with its JWT",
    schema: tokenOut.extend({ token: z.string().meta({ description: "The JWT" }) }),
  },
  example: { name: "Render farm", role: "service", scopes: ["balance:write"], expiresInDays: 90 },
  handle: async ({ scope, body }) => {
    const created = await createToken(scope, body);
    return { body: { ...presentToken(created), token: created.jwt } };
  },
});

export const deleteToken = endpoint({
  method: "DELETE",
  path: "/tokens/{id}",
  tag: "Tokens",
  summary: "Revoke an API token",
  access: { role: "admin" },
  params: z.object({ id: z.uuid() }),
  answer: { status: 200, description: "The token, revoked", schema: tokenOut },
  handle: async ({ scope, params }) => ({ body: presentToken(await revokeToken(scope, params.id)) }),
});
