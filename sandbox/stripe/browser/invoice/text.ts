import { PAY_TEXT } from "../hosted/text";
import { PAGE_TEXT } from "../pages/text";
import type { Language } from "../text";

const en = {
  invoice: "Invoice {number}",
  from: "From",
  to: "Bill to",
  due: "Due {date}",
  dueNow: "Due now",
  amountDue: "{amount} due",
  paidOn: "Paid on {date}",
  invoicePaid: "Invoice paid",
  invoiceVoid: "This invoice was voided. Nothing is to be paid.",
  invoiceUncollectible: "This invoice was marked as uncollectible. It can still be paid.",
  processing: "A payment is on its way and will arrive in a few business days.",
  verify: "The bank account has to be verified before it can be charged.",
  confirmNow: "Confirm amounts",
  applied: "Applied balance",
  amountPaid: "Amount paid",
  amountDueLabel: "Amount due",
  download: "Download invoice",
  downloadReceipt: "View receipt",
  details: "Invoice details",
  description: "Description",
  amount: "Amount",
  memo: "Memo",
  pay: "Pay {amount}",
  payment: "Payment",
  thanks: "Thank you, your payment was received.",
  inProgress: "Thank you, your payment is being processed.",

  receiptTitle: "Receipt from {merchant}",
  receiptNumber: "Receipt number",
  receiptFor: "Payment of {amount}",
  datePaid: "Date paid",
  paymentMethod: "Payment method",
  refunded: "Refunded",
  failed: "This payment failed.",
  pending: "This payment is being processed.",
  amountCharged: "Amount charged",
};

const zh: Record<keyof typeof en, string> = {
  invoice: "账单 {number}",
  from: "开票方",
  to: "收件方",
  due: "{date} 到期",
  dueNow: "立即到期",
  amountDue: "应付 {amount}",
  paidOn: "已于 {date} 付款",
  invoicePaid: "账单已付款",
  invoiceVoid: "此账单已作废，无需付款。",
  invoiceUncollectible: "此账单已标记为无法收回，但仍可付款。",
  processing: "付款正在处理中，将在几个工作日内到账。",
  verify: "扣款前需要先验证该银行账户。",
  confirmNow: "确认金额",
  applied: "已抵扣余额",
  amountPaid: "已付金额",
  amountDueLabel: "应付金额",
  download: "下载账单",
  downloadReceipt: "查看收据",
  details: "账单明细",
  description: "项目",
  amount: "金额",
  memo: "备注",
  pay: "支付 {amount}",
  payment: "付款",
  thanks: "谢谢，我们已收到您的付款。",
  inProgress: "谢谢，您的付款正在处理中。",

  receiptTitle: "{merchant} 的收据",
  receiptNumber: "收据编号",
  receiptFor: "付款 {amount}",
  datePaid: "付款日期",
  paymentMethod: "支付方式",
  refunded: "已退款",
  failed: "此笔付款失败。",
  pending: "此笔付款正在处理中。",
  amountCharged: "扣款金额",
};

const own: Record<Language, Record<keyof typeof en, string>> = { en, zh };

function textOf(language: Language) {
  return { ...PAGE_TEXT[language], ...PAY_TEXT[language], ...own[language] };
}

/** Everything invoices and receipts say. */
export type InvoiceText = ReturnType<typeof textOf>;
export const INVOICE_TEXT: Record<Language, InvoiceText> = { en: textOf("en"), zh: textOf("zh") };
