import { readFileSync } from "node:fs";
import { resourceFiles } from "../contract/package/files";
import { invalidRequest, type StripeFailure, unsupported } from "./errors";

/** A request as the SDK's classes write it down, in any of JavaScript's quotes. */
const REQUEST = /_makeRequest\(\s*['"](\w+)['"],\s*(['"`])(.+?)\2/g;

let known: Map<string, RegExp[]> | null = null;

/** Every address that the SDK knows, as patterns by method. */
function readAddresses(): Map<string, RegExp[]> {
  const found = new Map<string, RegExp[]>();
  for (const file of resourceFiles())
    for (const [, method = "", , address = ""] of readFileSync(file, "utf8").matchAll(REQUEST)) {
      const pattern = address.split(/\$\{[^}]*\}/).map((literal) => literal.replaceAll(".", "\\."));
      found.set(method, [...(found.get(method) ?? []), new RegExp(`^${pattern.join("[^/]+")}$`)]);
    }
  return found;
}

/** What is said of an address that no route answers: Stripe has it and the stand-in does not, or nobody has. */
export function noSuchRoute(method: string, path: string): StripeFailure {
  known ??= readAddresses();
  if (known.get(method)?.some((pattern) => pattern.test(path))) return unsupported(`${method} ${path}`);
  return invalidRequest(
    `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
    { status: 404 },
  );
}
