import { env } from "@/lib/env";
import { ensureTaxRate } from "@/lib/stripe/tax-rates";

/** The rate without the zeros that it may have been written with. */
const percentage = (): string => String(Number(env().TAX_RATE));

/** Stripe's rates of what is sold by subscription; none while the tax is 0 %. @throws Stripe's errors */
export async function planTaxRates(): Promise<string[]> {
  return percentage() === "0" ? [] : [await ensureTaxRate(percentage())];
}
