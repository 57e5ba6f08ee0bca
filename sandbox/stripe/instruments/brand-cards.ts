import { card, type TestCard } from "./card";

const mastercard = { brand: "mastercard" };

/** Cards that simply work, by brand. @see https://docs.stripe.com/testing#cards */
export const BRAND_CARDS: readonly TestCard[] = [
  card("4242424242424242", "visa us"),
  card("4000056655665556", "visa_debit us_debit", { funding: "debit" }),
  card("5555555555554444", "mastercard", mastercard),
  card("2223003122003222", "", mastercard),
  card("5200828282828210", "mastercard_debit", { ...mastercard, funding: "debit" }),
  card("5105105105105100", "mastercard_prepaid", { ...mastercard, funding: "prepaid" }),
  card("378282246310005", "amex amex_threeDSecureNotSupported", { brand: "amex" }),
  card("371449635398431", "", { brand: "amex" }),
  card("6011111111111117", "discover", { brand: "discover" }),
  card("6011000990139424", "", { brand: "discover" }),
  card("6011981111111113", "", { brand: "discover", funding: "debit" }),
  card("3056930009020004", "diners", { brand: "diners" }),
  card("36227206271667", "", { brand: "diners" }),
  card("6555900000604105", "", { brand: "discover", country: "KR" }),
  card("3566002020360505", "jcb", { brand: "jcb", country: "JP" }),
  card("6200000000000005", "unionpay", { brand: "unionpay", country: "CN" }),
  card("6200000000000047", "", { brand: "unionpay", country: "CN", funding: "debit" }),
  card("6205500000000000004", "", { brand: "unionpay", country: "CN" }),
  card("4000002500001001", "visa_cartesBancaires", { country: "FR", coBrand: "cartes_bancaires" }),
  card("5555552500001001", "mastercard_cartesBancaires", { ...mastercard, country: "FR", coBrand: "cartes_bancaires" }),
];
