import { firstCharacter, password } from "./characters";

const PUBLIC = ["/sign-in", "/docs/api", "/api/health/ready", "/api/v1/billing/openapi.json"];
const SIGNED_IN = [
  "/",
  "/auto-recharge",
  "/subscription",
  "/invoices",
  "/transactions",
  "/payment-methods",
  "/settings",
  "/diagnostics",
  "/api/v1/billing/balance",
];

/** Asks for each main page once, because a page's first answer after a start is slow. What fails here fails visibly later. */
export async function warmPages(app: string, signIn: boolean, ending: AbortSignal): Promise<void> {
  const cookie = signIn ? await sessionCookie(app, firstCharacter, password).catch(() => "") : "";
  for (const page of [...PUBLIC, ...(cookie ? SIGNED_IN : [])]) {
    await fetch(app + page, { headers: { cookie }, signal: AbortSignal.any([ending, AbortSignal.timeout(20_000)]) })
      .then((answer) => answer.arrayBuffer())
      .catch(() => undefined);
  }
}

/** Signs in the way the sign-in page does. @param app the app's address @returns the cookies of the session */
export async function sessionCookie(app: string, email: string, password: string): Promise<string> {
  const csrf = await fetch(`${app}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch(`${app}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: cookies(csrf), "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
  });
  return [cookies(csrf), cookies(answer)].join("; ");
}

const cookies = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
