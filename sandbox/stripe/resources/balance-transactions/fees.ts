const BANK_DEBIT_CAP_MINOR = 500;

/** 2.9 % + 30, the percentage rounded half up. Minor units. */
export function cardFeeMinor(amountMinor: number): number {
  return Math.floor((amountMinor * 29 + 500) / 1000) + 30;
}

/** ACH debit: 0.8 %, rounded half up, at most $5. Minor units. */
export function bankDebitFeeMinor(amountMinor: number): number {
  return Math.min(BANK_DEBIT_CAP_MINOR, Math.floor((amountMinor * 8 + 500) / 1000));
}

export const CARD_DISPUTE_FEE_MINOR = 1500;
export const BANK_RETURN_FEE_MINOR = 1500;
