import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import type { Transaction } from "@/lib/transactions/queries";

const TONES: Record<Transaction["status"], Tone> = {
  pending: "keel",
  succeeded: "good",
  failed: "bad",
  canceled: "neutral",
};

export function TransactionBadge({ status }: { status: Transaction["status"] }) {
  const t = useTranslations("transactions.statuses");
  return <Badge tone={TONES[status]}>{t(status)}</Badge>;
}
