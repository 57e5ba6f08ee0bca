import { buffer } from "node:stream/consumers";
import { invoicePdf } from "@/lib/documents/invoice-pdf";
import { invoiceOf } from "./invoice";

/** How many invoices a second the product writes in a process of its own: `invoices-run.ts seconds`. */

const seconds = Number(process.argv[2]);
const make = async (number: number) => (await buffer(invoicePdf(invoiceOf(number)))).length;
for (let number = 0; number < 5; number++) await make(number);
const startedAt = performance.now();
let made = 0;
while (performance.now() - startedAt < seconds * 1_000) {
  made += 1;
  await make(made);
}
console.log(JSON.stringify({ perSecond: made / ((performance.now() - startedAt) / 1_000) }));
