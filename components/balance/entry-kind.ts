import { POSTING_KINDS, type PostingKind } from "@/lib/ledger/types";

/** The key of an entry's words under `activity.kinds`. */
export const entryKind = (kind: string): PostingKind | "other" =>
  POSTING_KINDS.find((known) => known === kind) ?? "other";

/** Whether the description says more to a reader than the kind: usage and corrections are described by whoever made them. */
export const isDescribed = (kind: string): boolean =>
  kind === "debit" || kind === "hold_capture" || kind === "adjustment";
