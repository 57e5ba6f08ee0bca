import type { BrowserContext } from "@playwright/test";
import { DEMO_PASSWORD } from "../../db/seed/characters";
import { demo } from "./demo";

const sessions = new Map<string, Promise<string>>();

const cookies = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

async function startSession(email: string): Promise<string> {
  const { url } = demo();
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: cookies(csrf), "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken, email, password: DEMO_PASSWORD, json: "true" }),
  });
  const cookie = cookies(answer);
  if (!cookie.includes("session-token")) throw new Error(`${email} could not sign in: ${await answer.text()}`);
  return cookie;
}

/** The Cookie header of a signed-in person. The session is made the way the sign-in page does it, once for each person. */
export function sessionOf(email: string): Promise<string> {
  const session = sessions.get(email) ?? startSession(email);
  sessions.set(email, session);
  return session;
}

/** Makes a browser that person's. */
export async function enterAs(context: BrowserContext, email: string): Promise<void> {
  const { url } = demo();
  const pairs = (await sessionOf(email)).split("; ").map((pair) => {
    const [name = "", ...value] = pair.split("=");
    return { name, value: value.join("="), url };
  });
  await context.addCookies(pairs);
}
