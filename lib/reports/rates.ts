import type { MonthRow } from "./operator-report";

/** Shares from 0 to 1; null: there was nothing that they could be a share of. */
export type Rates = { churn: number | null; failure: number | null; recovery: number | null; refund: number | null };

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** The rates of a month. See docs/reports.md for what each means. */
export const ratesOf = ({ churn, collection }: Pick<MonthRow, "churn" | "collection">): Rates => ({
  churn: share(churn.lost, churn.atStart),
  failure: share(collection.failed, collection.failed + collection.paid),
  recovery: share(collection.recovered, collection.failed),
  refund: share(collection.refundedMinor, collection.paidMinor),
});
