import { PAY_TEXT } from "../hosted/text";
import { PAGE_TEXT } from "../pages/text";
import type { Language } from "../text";

const en = {
  payTitle: "Pay {merchant}",
  bookTitle: "Book with {merchant}",
  donateTitle: "Donate to {merchant}",
  subscribeTitle: "Subscribe to {product}",
  tryTitle: "Try {product}",
  setupTitle: "Save your payment details",
  summary: "Order summary",
  afterwards: "Then {amount}",
  trialDays: "{count} days free",
  dueToday: "Total due today",
  quantityOf: "Quantity of {product}",
  update: "Update",
  promotionCode: "Promotion code",
  addPromotion: "Add promotion code",
  apply: "Apply",
  removePromotion: "Remove promotion code {code}",
  invalidCode: "This promotion code is not valid.",
  contact: "Contact information",
  billingAddress: "Billing address",
  phone: "Phone number",
  taxId: "Tax ID (optional)",
  taxIdType: "Type of tax ID",
  noTaxId: "None",
  optional: "{label} (optional)",
  acceptTerms: "I agree to {merchant}’s terms of service.",
  pay: "Pay {amount}",
  book: "Book",
  donate: "Donate {amount}",
  subscribe: "Subscribe",
  startTrial: "Start trial",
  placeOrder: "Complete order",
  saveMethod: "Save card",
  consentSubscribe:
    "By confirming your subscription, you allow {merchant} to charge you for future payments in accordance with their terms. You can always cancel your subscription.",
  consentSetup: "By saving, you allow {merchant} to charge you for future payments in accordance with their terms.",
  doneTitle: "This checkout is complete",
  doneHint: "You’re all done here. You can close this page.",
  expiredTitle: "This checkout has expired",
  expiredHint: "Go back to {merchant} to begin again.",
  backTo: "Back to {merchant}",
};

const zh: Record<keyof typeof en, string> = {
  payTitle: "向 {merchant} 付款",
  bookTitle: "在 {merchant} 预订",
  donateTitle: "向 {merchant} 捐款",
  subscribeTitle: "订阅 {product}",
  tryTitle: "试用 {product}",
  setupTitle: "保存您的付款信息",
  summary: "订单摘要",
  afterwards: "之后 {amount}",
  trialDays: "免费试用 {count} 天",
  dueToday: "今日应付总额",
  quantityOf: "{product} 的数量",
  update: "更新",
  promotionCode: "优惠码",
  addPromotion: "添加优惠码",
  apply: "应用",
  removePromotion: "移除优惠码 {code}",
  invalidCode: "此优惠码无效。",
  contact: "联系信息",
  billingAddress: "账单地址",
  phone: "电话号码",
  taxId: "税号（选填）",
  taxIdType: "税号类型",
  noTaxId: "无",
  optional: "{label}（选填）",
  acceptTerms: "我同意 {merchant} 的服务条款。",
  pay: "支付 {amount}",
  book: "预订",
  donate: "捐款 {amount}",
  subscribe: "订阅",
  startTrial: "开始试用",
  placeOrder: "完成订单",
  saveMethod: "保存",
  consentSubscribe: "确认订阅即表示您允许 {merchant} 按照其条款向您收取后续款项。您可以随时取消订阅。",
  consentSetup: "保存即表示您允许 {merchant} 按照其条款向您收取后续款项。",
  doneTitle: "结账已完成",
  doneHint: "一切就绪，您可以关闭此页面。",
  expiredTitle: "此结账页面已过期",
  expiredHint: "请返回 {merchant} 重新开始。",
  backTo: "返回 {merchant}",
};

const own: Record<Language, Record<keyof typeof en, string>> = { en, zh };

function textOf(language: Language) {
  return { ...PAGE_TEXT[language], ...PAY_TEXT[language], ...own[language] };
}

/** Everything Checkout says. */
export type CheckoutText = ReturnType<typeof textOf>;
export const CHECKOUT_TEXT: Record<Language, CheckoutText> = { en: textOf("en"), zh: textOf("zh") };
