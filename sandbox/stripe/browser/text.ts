/** The two languages the stand-in's pages speak. */
export type Language = "en" | "zh";

/** Stripe's locales (`en-GB`, `zh-HK`, `auto` …) or an Accept-Language header to one of ours. */
export function languageOf(wanted: string): Language {
  const first = wanted
    .split(",")
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((code) => code === "en" || code === "zh");
  return first === "zh" ? "zh" : "en";
}

/** The language for one of Stripe's locales inside a browser, where `auto` means the reader's own. */
export function pageLanguage(locale: string): Language {
  return languageOf(locale === "auto" ? navigator.languages.join(",") : locale);
}

const en = {
  saved: "Saved",
  savedMethods: "Saved payment methods",
  savedExpiry: "Exp. {date}",
  remove: "Remove",
  removeOf: "Remove {method}",
  confirmRemove: "Remove payment method",
  keep: "Cancel",
  saveForLater: "Save payment details for future purchases",
  saveForSetup: "Save payment details for future purchases on this site",
  incomplete_payment_details: "Please provide complete payment details.",
  card: "Card",
  us_bank_account: "US bank account",
  paymentMethods: "Payment methods",
  number: "Card number",
  expiry: "Expiration date",
  expiryPlaceholder: "MM / YY",
  cvc: "Security code",
  cvcPlaceholder: "CVC",
  country: "Country or region",
  zip: "ZIP code",
  postalCode: "Postal code",
  name: "Full name",
  email: "Email",
  routingNumber: "Routing number",
  accountNumber: "Account number",
  accountType: "Account type",
  checking: "Checking",
  savings: "Savings",
  holderType: "Account holder",
  company: "Company",
  individual: "Individual",
  verification: "Verification",
  instant: "Instantly",
  instantHint: "The account can be charged at once.",
  microdeposits: "Micro-deposits",
  microdepositsHint: "Two small amounts arrive in 1–2 business days; you confirm them.",
  test: "Test mode",
  standin: "Stand-in for Stripe. Use test numbers only.",
  cardConsent:
    "By providing your card information, you allow {business} to charge your card for future payments in accordance with their terms.",
  bankConsent:
    "By continuing, you authorize {business} to debit the bank account specified above for any amount owed for charges arising from your use of its services and/or purchase of products, pursuant to its terms, until this authorization is revoked.",
  merchant: "the merchant",
  incomplete_number: "Your card number is incomplete.",
  invalid_number: "Your card number is invalid.",
  incomplete_expiry: "Your card’s expiration date is incomplete.",
  invalid_expiry_month: "Your card’s expiration month is invalid.",
  invalid_expiry_month_past: "Your card’s expiration date is in the past.",
  invalid_expiry_year: "Your card’s expiration year is invalid.",
  invalid_expiry_year_past: "Your card’s expiration year is in the past.",
  incomplete_cvc: "Your card’s security code is incomplete.",
  incomplete_zip: "Your postal code is incomplete.",
  invalid_zip: "Your postal code is invalid.",
  incomplete_name: "Please provide your full name.",
  incomplete_email: "Please provide your email address.",
  invalid_email: "Your email is invalid.",
  incomplete_routing_number: "Your routing number is incomplete.",
  invalid_routing_number: "Your routing number is invalid.",
  incomplete_account_number: "Your account number is incomplete.",
  invalid_account_number: "Your account number is invalid.",
};

export type TextKey = keyof typeof en;

const zh: Record<TextKey, string> = {
  saved: "已保存",
  savedMethods: "已保存的支付方式",
  savedExpiry: "有效期至 {date}",
  remove: "移除",
  removeOf: "移除 {method}",
  confirmRemove: "移除支付方式",
  keep: "取消",
  saveForLater: "保存付款信息以便日后购物",
  saveForSetup: "保存付款信息以便日后在本网站购物",
  incomplete_payment_details: "请提供完整的付款信息。",
  card: "银行卡",
  us_bank_account: "美国银行账户",
  paymentMethods: "支付方式",
  number: "卡号",
  expiry: "有效期",
  expiryPlaceholder: "月 / 年",
  cvc: "安全码",
  cvcPlaceholder: "CVC",
  country: "国家或地区",
  zip: "邮编",
  postalCode: "邮政编码",
  name: "全名",
  email: "电子邮件",
  routingNumber: "银行路由号码",
  accountNumber: "账号",
  accountType: "账户类型",
  checking: "支票账户",
  savings: "储蓄账户",
  holderType: "账户持有人",
  company: "公司",
  individual: "个人",
  verification: "验证方式",
  instant: "即时验证",
  instantHint: "账户可立即扣款。",
  microdeposits: "小额存款验证",
  microdepositsHint: "1–2 个工作日内会收到两笔小额存款，由您确认金额。",
  test: "测试模式",
  standin: "这是 Stripe 的本地替身，请仅使用测试号码。",
  cardConsent: "提供银行卡信息即表示您允许 {business} 按照其条款从您的银行卡扣取后续款项。",
  bankConsent:
    "继续即表示您授权 {business} 按照其条款从上述银行账户扣取因使用其服务或购买其产品而产生的应付款项，直至您撤销此授权。",
  merchant: "商家",
  incomplete_number: "您的卡号不完整。",
  invalid_number: "您的卡号无效。",
  incomplete_expiry: "您的银行卡有效期不完整。",
  invalid_expiry_month: "您的银行卡有效月份无效。",
  invalid_expiry_month_past: "您的银行卡已过期。",
  invalid_expiry_year: "您的银行卡有效年份无效。",
  invalid_expiry_year_past: "您的银行卡已过期。",
  incomplete_cvc: "您的银行卡安全码不完整。",
  incomplete_zip: "您的邮政编码不完整。",
  invalid_zip: "您的邮政编码无效。",
  incomplete_name: "请输入您的全名。",
  incomplete_email: "请输入您的电子邮件地址。",
  invalid_email: "您的电子邮件地址无效。",
  incomplete_routing_number: "您的银行路由号码不完整。",
  invalid_routing_number: "您的银行路由号码无效。",
  incomplete_account_number: "您的账号不完整。",
  invalid_account_number: "您的账号无效。",
};

export const TEXT: Record<Language, Record<TextKey, string>> = { en, zh };
