import { beginReport, drawReportHead, nextReportPage } from "@/lib/documents/report";
import { drawReportRow, endReport } from "@/lib/documents/report-table";
import { setting } from "@/lib/documents/testing";
import { toMinor } from "@/lib/money/minor";
import { writeFileSync } from "node:fs";
const N = Number(process.argv[2] ?? 100000);
const locale = (process.argv[3] ?? "en") as "en" | "zh-CN";
const m = toMinor;
const r = beginReport({ ...setting(), locale }, { filter: { type: ["payment", "refund"] , from: new Date("2026-01-01T05:00Z")}, sums: [{ type: "payment", status: "succeeded", count: N, amountMinor: m(1), feeMinor: m(1), netMinor: m(0) }], at: new Date("2026-11-11") });
const out: Buffer[] = [];
const take = () => { for (let c = r.sheet.doc.read(); c; c = r.sheet.doc.read()) out.push(c as Buffer); };
const t = process.cpuUsage();
drawReportHead(r);
for (let i = 0; i < N; i++) { if (r.isFull()) { nextReportPage(r); take(); } drawReportRow(r, { number: `TX-${String(N - i).padStart(6, "0")}`, createdAt: new Date(1.79e12 - i * 6e5), type: i % 7 ? "payment" : "refund", status: i % 11 ? "succeeded" : "failed", description: locale === "en" ? `Automatic top-up of the prepaid balance ${i}` : `自动充值预付余额 ${i}`, amountMinor: m(66885 + i), feeMinor: m(1885), netMinor: m(65000 + i) }); }
endReport(r); take();
const u = process.cpuUsage(t); console.log(N, "rows", Math.round((u.user + u.system) / 1000), "ms CPU", r.pages, "pages");
writeFileSync(`/tmp/pdfs/report-${locale}.pdf`, Buffer.concat(out));
