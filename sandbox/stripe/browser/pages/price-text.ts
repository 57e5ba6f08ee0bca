import type Stripe from "stripe";
import { PLAN_TEXT } from "../portal/plan-text";
import type { Language } from "../text";

/** An amount with its rhythm: "$20.00 per month", "$30.00 every 3 months". */
export function intervalText(amount: string, price: Pick<Stripe.Price, "recurring">, language: Language): string {
  const text = PLAN_TEXT[language];
  const { interval = "month", interval_count: count = 1 } = price.recurring ?? {};
  const unit = (["day", "week", "year"] as const).find((known) => known === interval) ?? "month";
  const words = count === 1 ? text[`per_${unit}`] : text[`every_${unit}`].replace("{count}", String(count));
  return words.replace("{amount}", amount);
}
