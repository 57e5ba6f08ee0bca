/** One rule of Stripe's, where it is documented, and how the stand-in keeps it. */
export interface Behaviour {
  about: string;
  rule: string;
  /** Address below https://docs.stripe.com/ */
  see: string;
  /** How the stand-in differs; null when it does the same. */
  differs: string | null;
}

/** A row of a table: what it is about comes with the group. */
export type Rule = [rule: string, see: string, differs?: string];

export function group(about: string, rules: Rule[]): Behaviour[] {
  return rules.map(([rule, see, differs]) => ({ about, rule, see, differs: differs ?? null }));
}
