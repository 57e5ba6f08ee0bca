export type SignInProblem = "wrong" | "rateLimited" | "unreachable" | "unverified" | "provider";

/** What next-auth came back with (next-auth.js.org/configuration/pages#sign-in-page), in our words. */
export function noticeOf(error: string | string[] | undefined): SignInProblem | null {
  if (typeof error !== "string") return null;
  if (error === "email_unverified") return "unverified";
  if (error === "rate_limited") return "rateLimited";
  if (error === "CredentialsSignin") return "wrong";
  return /^OAuth|^Callback$|^AccessDenied$/.test(error) ? "provider" : null;
}
