import { ACROSS } from "./across";
import type { Behaviour } from "./behaviour";
import { BILLING } from "./billing";
import { PAGES } from "./pages";
import { PAYMENTS } from "./payments";

const DOCS = "https://docs.stripe.com/";

/** The rules the stand-in is built on, each with its place in Stripe's documentation. */
export const BEHAVIOURS: Behaviour[] = [...ACROSS, ...PAYMENTS, ...BILLING, ...PAGES].map((behaviour) => ({
  ...behaviour,
  see: behaviour.see.startsWith("https://") ? behaviour.see : `${DOCS}${behaviour.see}`,
}));

/** The same as a table of Markdown. */
export function behaviourTable(): string {
  const rows = BEHAVIOURS.map(
    ({ about, rule, see, differs }) => `| ${about} | [${rule}](${see}) | ${differs ?? "the same"} |`,
  );
  return ["| | rule of Stripe's | here |", "| --- | --- | --- |", ...rows].join("\n");
}
