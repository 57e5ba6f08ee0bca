import { invoiceOf } from "../invoice";
import { inTurn, type Line } from "../line";
import { runOurs, runPeer } from "../peers";

type Run = { perSecond: number };

export const invoices: Line = {
  name: "invoices",
  title: "invoices of 20 lines as PDF ÷ @react-pdf/renderer",
  goal: { least: 8 },
  async measure({ rounds, seconds }) {
    const invoice = JSON.stringify(invoiceOf(1));
    const runs = await inTurn(
      Math.min(3, rounds),
      async () => (await runOurs<Run>("invoices-run.ts", [String(seconds)])).perSecond,
      async () => (await runPeer<Run>("react-pdf.mjs", [String(seconds)], invoice)).perSecond,
    );
    return { ...runs, unit: "invoices/s" };
  },
};
