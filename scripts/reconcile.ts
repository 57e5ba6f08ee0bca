import { closePools } from "@/db/client";
import { countOpen, reconcile } from "@/lib/reconciliation/run";

// Compares Stripe with the ledger now. Ends with 0: nothing is open; 1: differences wait for somebody; 2: they could not be compared.
async function main(): Promise<0 | 1 | 2> {
  try {
    const run = await reconcile("manual", "command line");
    const open = await countOpen();
    console.log(
      JSON.stringify({
        from: run?.windowStart,
        to: run?.windowEnd,
        payments: run?.paymentsCompared,
        refunds: run?.refundsCompared,
        disputes: run?.disputesCompared,
        found: run?.found,
        new: run?.foundNew,
        repaired: run?.repaired,
        open,
      }),
    );
    return open === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
}

const code = await main();
await closePools().catch(() => undefined);
process.exit(code);
