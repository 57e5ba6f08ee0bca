import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import type { PaymentMethod } from "@/lib/payment-methods/types";

const TONES: Record<PaymentMethod["status"], Tone> = {
  active: "good",
  requires_verification: "warn",
  expired: "bad",
  failing: "bad",
};

export function MethodBadges({ method }: { method: Pick<PaymentMethod, "status" | "isDefault" | "isBackup"> }) {
  const t = useTranslations("paymentMethods");
  return (
    <span className="flex flex-wrap gap-1.5">
      {method.isDefault ? <Badge tone="keel">{t("default")}</Badge> : null}
      {method.isBackup ? <Badge>{t("backup")}</Badge> : null}
      <Badge tone={TONES[method.status]}>{t(`statuses.${method.status}`)}</Badge>
    </span>
  );
}
