import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { personOfProvider } from "./provider-sign-in";
import { oauthProviders, providerPerson } from "./providers";
import { endSession, SESSION_DAYS, secureCookies, startSession } from "./sessions";
import { clientAddress, signIn } from "./sign-in";

const password = Credentials({
  name: "E-mail and password",
  credentials: { email: { type: "email" }, password: { type: "password" } },
  authorize: async (credentials, request) => {
    const headers = new Headers(request.headers as Record<string, string> | undefined);
    try {
      const { user, sessionId } = await signIn({
        email: String(credentials?.email ?? ""),
        password: String(credentials?.password ?? ""),
        address: clientAddress(headers),
        userAgent: headers.get("user-agent"),
      });
      return { id: user.userId, email: user.email, name: user.name, sessionId };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // next-auth hands the message of what is thrown to the sign-in page as ?error=; null becomes its own "CredentialsSignin".
      if (error.code === "rate_limited") throw new Error("rate_limited");
      return null;
    }
  },
});

/**
 * Options of next-auth: the cookie is a JWT that names a row of `user_sessions`, and nothing else is believed in it.
 * @param userAgent of the request, to be shown in the person's list of sessions
 */
export function authOptions(userAgent: string | null): NextAuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    useSecureCookies: secureCookies(),
    session: { strategy: "jwt", maxAge: SESSION_DAYS * 24 * 60 * 60 },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [password, ...oauthProviders()],
    callbacks: {
      signIn: async ({ account, user, profile }) => {
        const person = account && providerPerson(account, user, profile);
        return !person || (await personOfProvider(person)) !== null || "/sign-in?error=email_unverified";
      },
      jwt: async ({ token, user, account, profile }) => {
        if (user && "sessionId" in user)
          return { sub: user.id, sid: user.sessionId, email: user.email, name: user.name };
        const told = account && providerPerson(account, user, profile);
        const person = told && (await personOfProvider(told));
        if (!person) return token;
        const sid = await startSession(person.userId, userAgent);
        return { sub: person.userId, sid, email: person.email, name: person.name };
      },
      redirect: ({ url, baseUrl }) =>
        url.startsWith("/") && !url.startsWith("//")
          ? `${baseUrl}${url}`
          : url.startsWith(`${baseUrl}/`)
            ? url
            : baseUrl,
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid === "string") await endSession(token.sid);
      },
    },
    logger: {
      error: (code, detail) => log().error({ code, detail: String(detail) }, "next-auth"),
      warn: (code) => log().debug({ code }, "next-auth"),
      debug: () => {},
    },
  };
}
