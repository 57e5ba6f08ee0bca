import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import type { InvoiceStatus } from "@/lib/invoices/queries";

const TONES: Record<InvoiceStatus, Tone> = {
  draft: "neutral",
  open: "warn",
  paid: "good",
  void: "neutral",
  uncollectible: "bad",
};

export function InvoiceBadge({ status, isOverdue = false }: { status: InvoiceStatus; isOverdue?: boolean }) {
  const t = useTranslations("invoices");
  return (
    <Badge tone={isOverdue ? "bad" : TONES[status]} data-testid="invoice-status" data-status={status}>
      {isOverdue ? t("overdue") : t(`statuses.${status}`)}
    </Badge>
  );
}
