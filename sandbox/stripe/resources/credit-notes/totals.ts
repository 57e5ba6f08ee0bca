import type Stripe from "stripe";

type Line = Stripe.CreditNoteLineItem;

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function perDiscount(lines: readonly Line[]): Stripe.CreditNote.DiscountAmount[] {
  const amounts = new Map<string, number>();
  for (const { amount, discount } of lines.flatMap((line) => line.discount_amounts)) {
    const id = typeof discount === "string" ? discount : discount.id;
    amounts.set(id, (amounts.get(id) ?? 0) + amount);
  }
  return [...amounts].map(([discount, amount]) => ({ amount, discount }));
}

function perRate(lines: readonly Line[]): Stripe.CreditNote.TotalTax[] {
  const rates = new Map<string, Stripe.CreditNote.TotalTax>();
  for (const tax of lines.flatMap((line) => line.taxes ?? [])) {
    const key = `${tax.tax_rate_details?.tax_rate} ${tax.tax_behavior}`;
    const before = rates.get(key);
    rates.set(key, {
      ...tax,
      amount: (before?.amount ?? 0) + tax.amount,
      taxable_amount: (before?.taxable_amount ?? 0) + (tax.taxable_amount ?? 0),
    });
  }
  return [...rates.values()];
}

/**
 * total = Σ lines − discounts − billing credits + exclusive taxes, as on the invoice, whose subtotal leaves out the lines' own
 * discounts too.
 * @param ofLines discounts of single lines, by id
 */
export function totalsOf(lines: readonly Line[], ofLines: ReadonlySet<string>) {
  const taxOf = (behavior: string) =>
    sum(lines.flatMap((line) => line.taxes ?? []).flatMap((tax) => (tax.tax_behavior === behavior ? tax.amount : [])));
  const perWhole = perDiscount(lines);
  const own = sum(perWhole.map((part) => (ofLines.has(String(part.discount)) ? part.amount : 0)));
  const subtotal = sum(lines.map((line) => line.amount)) - own;
  const discount = sum(lines.map((line) => line.discount_amount));
  const pretax = lines.flatMap((line) => line.pretax_credit_amounts);
  const credits = sum(pretax.map((part) => (part.type === "discount" ? 0 : part.amount)));
  const [exclusive, inclusive] = [taxOf("exclusive"), taxOf("inclusive")];
  const total = subtotal + own - discount - credits + exclusive;
  return {
    amount: total,
    discount_amount: discount,
    discount_amounts: perWhole,
    pretax_credit_amounts: pretax,
    subtotal,
    subtotal_excluding_tax: subtotal - inclusive,
    total,
    total_excluding_tax: total - exclusive - inclusive,
    total_taxes: perRate(lines),
  } satisfies Partial<Stripe.CreditNote>;
}
