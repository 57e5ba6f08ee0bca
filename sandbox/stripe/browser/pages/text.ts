import type { Language } from "../text";

const en = {
  testMode: "Test mode",
  standin: "This page is a local stand-in for Stripe. It is not Stripe, and no real money moves.",
  notFound: "This link is not valid",
  notFoundHint: "It may have expired. Go back to where you came from and open it again.",

  challengeTitle: "3D Secure 2 test page",
  challengeHint: "Your bank would ask you here to confirm that it is you. Choose how this test ends.",
  challengeAmount: "Amount",
  challengeSave: "Saving a payment method for later charges",
  complete: "COMPLETE",
  fail: "FAIL",
  challengeDone: "Thank you. You can go back.",

  linkTitle: "Link your bank account",
  linkHint: "Your bank would ask you here to sign in and to share an account. Choose an account of the test bank.",
  linkSuccess: "Test account, success",
  linkAccount: "Account to link",
  link: "Link account",
  linkManually: "Enter bank details manually",
  linkInstead: "Choose a test account instead",
  linkClose: "Cancel",
  depositsTitle: "Confirm your bank account",
  depositsHint: "Enter the two amounts we sent to the account, in cents. In this stand-in 32 and 45 are right.",
  firstAmount: "First amount (cents)",
  secondAmount: "Second amount (cents)",
  depositsCode: "Or the code from the statement",
  depositsCodeHint: "Six characters, starting with SM. In this stand-in SM11AA is right.",
  verify: "Verify account",
  depositsDone: "The account is verified",
  depositsDoneHint: "You can close this page.",
  depositsMissing: "Enter both amounts, or the code.",
};

export type PageText = Record<keyof typeof en, string>;

const zh: PageText = {
  testMode: "测试模式",
  standin: "此页面是 Stripe 的本地替身，并非 Stripe，不会产生真实的资金往来。",
  notFound: "此链接无效",
  notFoundHint: "链接可能已过期。请返回原页面重新打开。",

  challengeTitle: "3D Secure 2 测试页面",
  challengeHint: "您的银行会在此要求您确认身份。请选择本次测试的结果。",
  challengeAmount: "金额",
  challengeSave: "保存支付方式以便后续扣款",
  complete: "完成 COMPLETE",
  fail: "失败 FAIL",
  challengeDone: "谢谢，您可以返回了。",

  linkTitle: "关联您的银行账户",
  linkHint: "您的银行会在此要求您登录并授权账户。请选择测试银行的一个账户。",
  linkSuccess: "测试账户（成功）",
  linkAccount: "要关联的账户",
  link: "关联账户",
  linkManually: "手动输入银行信息",
  linkInstead: "改为选择测试账户",
  linkClose: "取消",
  depositsTitle: "确认您的银行账户",
  depositsHint: "请输入我们汇入该账户的两笔金额（单位：美分）。在此替身中，正确金额为 32 和 45。",
  firstAmount: "第一笔金额（美分）",
  secondAmount: "第二笔金额（美分）",
  depositsCode: "或输入对账单上的代码",
  depositsCodeHint: "以 SM 开头的六位字符。在此替身中，正确代码为 SM11AA。",
  verify: "验证账户",
  depositsDone: "账户已验证",
  depositsDoneHint: "您可以关闭此页面。",
  depositsMissing: "请输入两笔金额，或输入代码。",
};

export const PAGE_TEXT: Record<Language, PageText> = { en, zh };
