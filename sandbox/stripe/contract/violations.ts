import type { Violation } from "./contract";

/** `answer of GET /v1/customers/:id (Customer.retrieve) · customer.invoice_settings.footer: is missing` */
export function describe({ where, inside, at, wrong, value }: Violation): string {
  const member = [inside, at]
    .filter((part) => part !== "")
    .join(".")
    .replace(".[", "[");
  return `${where}${member && ` · ${member}`}: ${value && `${value} `}${wrong}`;
}

/** The same for all violations that are one mistake, whatever the value and the place in a list. */
export function likeness({ where, inside, at, wrong }: Violation): string {
  return [where, inside, at.replace(/\[\d+\]/g, "[]"), wrong].join("\n");
}

/** The different ones, each with how often it was met: one mistake is in hundreds of answers. */
export function summary(violations: readonly Violation[]): string {
  const met = new Map<string, { example: Violation; times: number }>();
  for (const violation of violations) {
    const same = likeness(violation);
    const known = met.get(same) ?? { example: violation, times: 0 };
    met.set(same, { ...known, times: known.times + 1 });
  }
  const lines = [...met.values()].map(
    ({ example, times }) => `  ${describe(example)}${times > 1 ? ` (${times} times)` : ""}`,
  );
  return [`The Stripe stand-in said or took what Stripe's types do not have (sandbox/stripe/contract):`, ...lines].join(
    "\n",
  );
}
