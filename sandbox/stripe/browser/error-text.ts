import type { Language } from "./text";

/** Messages of the API in Chinese, by decline code and code: Stripe.js translates these, the API does not. */
const ZH: Record<string, string> = {
  insufficient_funds: "您的银行卡余额不足。",
  card_velocity_exceeded: "您的银行卡已超过其余额、信用或交易次数限制。",
  card_declined: "您的银行卡被拒绝。",
  expired_card: "您的银行卡已过期。",
  incorrect_cvc: "您的银行卡安全码不正确。",
  incorrect_number: "您的卡号不正确。",
  incorrect_zip: "您的邮政编码不正确。",
  processing_error: "处理您的银行卡时出错，请稍后重试。",
  setup_intent_authentication_failure: "我们无法验证您的支付方式。请选择其他支付方式后重试。",
  payment_intent_authentication_failure: "我们无法验证您的支付方式。请选择其他支付方式后重试。",
  api_connection_error: "连接支付服务时出现问题。请检查您的网络连接后重试。",
};

/** An error with its message in the reader's language, where it is one that customers are meant to read. */
export function localized<E extends { type: string; code?: string; decline_code?: string; message: string }>(
  error: E,
  language: Language,
): E {
  if (language === "en") return error;
  const message = [error.decline_code, error.code, error.type].map((key) => ZH[key ?? ""]).find(Boolean);
  return message ? { ...error, message } : error;
}
