export type CardBrand = "visa" | "mastercard" | "amex" | "discover" | "diners" | "jcb" | "unionpay" | "unknown";

interface BrandRules {
  brand: CardBrand;
  /** Leading digits (issuer identification number) that belong to the brand. */
  prefix: RegExp;
  lengths: number[];
  /** How many digits stand together when the number is shown. */
  groups: number[];
  cvcLength: 3 | 4;
}

const FOURS = [4, 4, 4, 4, 3];

const BRANDS: BrandRules[] = [
  { brand: "amex", prefix: /^3[47]/, lengths: [15], groups: [4, 6, 5], cvcLength: 4 },
  { brand: "diners", prefix: /^3(?:0[0-5]|[68])/, lengths: [14], groups: [4, 6, 4], cvcLength: 3 },
  { brand: "jcb", prefix: /^35(?:2[89]|[3-8])/, lengths: [16], groups: FOURS, cvcLength: 3 },
  { brand: "visa", prefix: /^4/, lengths: [16], groups: FOURS, cvcLength: 3 },
  {
    brand: "mastercard",
    prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/,
    lengths: [16],
    groups: FOURS,
    cvcLength: 3,
  },
  { brand: "discover", prefix: /^6(?:011|4[4-9]|5)/, lengths: [16], groups: FOURS, cvcLength: 3 },
  { brand: "unionpay", prefix: /^(?:62|81)/, lengths: [16, 17, 18, 19], groups: FOURS, cvcLength: 3 },
];

const UNKNOWN: BrandRules = { brand: "unknown", prefix: /^/, lengths: [16], groups: FOURS, cvcLength: 3 };

/** The rules of the brand a number starts like. @param digits the number without spaces, complete or not */
export function brandOf(digits: string): BrandRules {
  return BRANDS.find((rules) => rules.prefix.test(digits)) ?? UNKNOWN;
}

/** The longest number the brand of these digits can have. */
export function maxLength(digits: string): number {
  return Math.max(...brandOf(digits).lengths);
}
