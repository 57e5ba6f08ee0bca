/** Where to go after signing in: a path of ours, or the dashboard. Anything that could lead elsewhere is ignored. */
export function callbackPath(wanted: unknown): string {
  if (typeof wanted !== "string" || !URL.canParse(wanted, "http://own.invalid")) return "/";
  const url = new URL(wanted, "http://own.invalid");
  if (!wanted.startsWith("/") || url.origin !== "http://own.invalid" || url.pathname.startsWith("/sign-in")) return "/";
  return `${url.pathname}${url.search}`;
}
