import type { Language } from "../text";

const en = {
  payWith: "Payment method",
  savedMethod: "Saved",
  newCard: "Card",
  newBank: "US bank account",
  remove: "Remove",
  removeOf: "Remove {method}",
  saveForLater: "Save my information for faster checkout",
  chooseMethod: "Choose a payment method.",
  somethingWrong: "The bank could not confirm that it was you. Please try another payment method.",
  bankEnding: "ending in",
  subtotal: "Subtotal",
  discount: "Discount",
  tax: "Tax",
  taxIncluded: "Tax (included)",
  total: "Total",
  quantity: "Qty {count}",
  back: "Back",
};

const zh: Record<keyof typeof en, string> = {
  payWith: "支付方式",
  savedMethod: "已保存",
  newCard: "银行卡",
  newBank: "美国银行账户",
  remove: "移除",
  removeOf: "移除 {method}",
  saveForLater: "保存我的信息，以便下次更快结账",
  chooseMethod: "请选择支付方式。",
  somethingWrong: "银行无法确认您的身份，请使用其他支付方式。",
  bankEnding: "尾号",
  subtotal: "小计",
  discount: "折扣",
  tax: "税费",
  taxIncluded: "税费（已包含）",
  total: "合计",
  quantity: "数量 {count}",
  back: "返回",
};

/** What the pages say that take a payment. */
export const PAY_TEXT: Record<Language, typeof en> = { en, zh };
