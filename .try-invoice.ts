import { createWriteStream, writeFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { toCurrency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import { invoicePdf } from "@/lib/documents/invoice-pdf";
import type { InvoiceDocument } from "@/lib/documents/input";
const m = toMinor;
export function sample(n: number, over: Partial<InvoiceDocument> = {}): InvoiceDocument {
  const lines = Array.from({ length: n }, (_, i) => ({ description: i % 3 === 0 ? "1 × Professional (at $99.00 / month)" : i % 3 === 1 ? "Messages beyond the plan" : "On-site integration, consulting day", quantity: i % 3 === 1 ? "12500.000000" : "1.000000", unitAmount: i % 3 === 1 ? "0.000500000000" : "99.000000000000", amountMinor: m(i % 3 === 1 ? 625 : 9900), periodStart: null, periodEnd: null }));
  const subtotal = lines.reduce((s, l) => s + l.amountMinor, 0); const tax = Math.round((subtotal - 1000) * 0.0825); const total = subtotal - 1000 + tax;
  return { seller: { name: "Evenkeel", email: null, taxId: null, address: { line1: "1 Harbour Street", line2: null, city: "Bristol", state: null, postalCode: "BS1 4RN", country: "GB" } }, billedTo: { name: "Acme Robotics Inc.", email: "billing@acme.test", taxId: "US 12-3456789", address: { line1: "350 Fifth Avenue", line2: "Floor 21", city: "New York", state: "NY", postalCode: "10118", country: "US" } }, look: { colour: null, footer: "Acme Robotics Inc. · 350 Fifth Avenue, New York · Thank you for your business.", logo: null }, locale: "en", timeZone: "America/New_York", currency: toCurrency("USD"), number: "INV-000042", status: "open", createdAt: new Date("2026-11-02T12:00:00Z"), issuedAt: new Date("2026-11-02T12:00:00Z"), dueAt: new Date("2026-12-02T12:00:00Z"), paidAt: null, voidedAt: null, periodStart: null, periodEnd: null, lines, subtotalMinor: m(subtotal), discountMinor: m(1000), taxRate: "8.2500", taxMinor: m(tax), totalMinor: m(total), creditedMinor: m(0), amountPaidMinor: m(0), remainingMinor: m(total), memo: "Purchase order 4711. Please quote the invoice's number with your payment.", payUrl: "https://invoice.stripe.com/i/acct_1PabcdEFGH/test_YWNjdF8xUGFiY2RFRkdILF9SZE1oZ2Z0eWtqaGdm0200abcdef?s=ap", movements: [], ...over };
}
if (process.argv[2]) {
  const out = process.argv[2];
  const zh: Partial<InvoiceDocument> = { locale: "zh-CN", timeZone: "Asia/Shanghai", seller: { name: "Evenkeel", email: null, taxId: "GB 123 4567 89", address: null }, billedTo: { name: "上海智造机器人有限公司", email: "finance@zhizao.test", taxId: "91310000MA1FL5E123", address: { line1: "世纪大道 100 号", line2: "环球金融中心 21 层", city: "上海市", state: null, postalCode: "200120", country: "CN" } }, look: { colour: "#ffd400", footer: "上海智造机器人有限公司 · 开户行：中国银行上海分行 · 感谢您的信任。", logo: null }, memo: "采购订单 4711。付款时请注明账单编号，谢谢。" };
  const base = sample(5);
  const files: Record<string, InvoiceDocument> = { open5: base, open20: sample(20), long: sample(500),
    paid: sample(3, { status: "paid", paidAt: new Date("2026-11-05T12:00:00Z"), amountPaidMinor: sample(3).totalMinor, remainingMinor: m(0), movements: [{ kind: "payment", at: new Date("2026-11-05T12:00:00Z"), amountMinor: sample(3).totalMinor, detail: "Visa •••• 4242" }, { kind: "refund", at: new Date("2026-11-15T12:00:00Z"), amountMinor: m(-1000), detail: null }, { kind: "credit_note", at: new Date("2026-11-15T12:00:00Z"), amountMinor: m(-1000), detail: "CN-000001" }] }),
    zh: sample(6, { ...zh, lines: sample(6).lines.map((l, i) => ({ ...l, description: ["专业版订阅（月付）", "超出套餐的消息", "现场集成与咨询服务，包括机器人产线调试、操作培训以及三个月的远程支持与维护"][i % 3] ?? "" , ...(i===0?{periodStart:new Date("2026-11-01T00:00Z"),periodEnd:new Date("2026-12-01T00:00Z")}:{})})) }),
    draft: sample(2, { status: "draft", number: null, issuedAt: null, payUrl: null }), void: sample(2, { status: "void", voidedAt: new Date("2026-11-09T12:00:00Z"), remainingMinor: m(0) }),
    kwd: sample(3, { currency: toCurrency("KWD"), billedTo: { name: "Łódź Łąka Żółć Sp. z o.o. Ελλάδα Привет 😀", email: null, taxId: null, address: null } }), jpy: sample(3, { currency: toCurrency("JPY"), lines: sample(3).lines.map((l) => ({ ...l, unitAmount: "99" })) }) };
  for (const [k, v] of Object.entries(files)) writeFileSync(`${out}/${k}.pdf`, await buffer(invoicePdf(v)));
  const cpu = () => { const c = process.cpuUsage(); return (c.user + c.system) / 1000; };
  for (const [label, doc, times] of [["en 20", sample(20), 100], ["zh 6", files.zh, 20]] as const) { const t = cpu(); for (let i = 0; i < times; i++) await buffer(invoicePdf(doc as InvoiceDocument)); console.log(label, ((cpu() - t) / times).toFixed(2), "ms CPU"); }
}
