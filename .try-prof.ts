import { buffer } from "node:stream/consumers";
import { sample } from "./.try-invoice";
import { invoicePdf } from "@/lib/documents/invoice-pdf";
const doc = sample(20);
for (let i = 0; i < 30; i++) await buffer(invoicePdf(doc));
const cpu = () => { const c = process.cpuUsage(); return (c.user + c.system) / 1000; };
let best = 99; let sum = 0;
for (let r = 0; r < 20; r++) { const t = cpu(); for (let i = 0; i < 20; i++) await buffer(invoicePdf(doc)); const ms = (cpu() - t) / 20; best = Math.min(best, ms); sum += ms; }
console.log("best", best.toFixed(2), "mean", (sum / 20).toFixed(2));
