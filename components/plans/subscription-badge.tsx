import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import type { SubscriptionStatus } from "@/lib/plans/types";

const TONES: Record<SubscriptionStatus, Tone> = {
  incomplete: "warn",
  trialing: "keel",
  active: "good",
  past_due: "bad",
  unpaid: "bad",
  paused: "warn",
  canceled: "neutral",
  incomplete_expired: "neutral",
};

export function SubscriptionBadge({ status }: { status: SubscriptionStatus }) {
  const t = useTranslations("subscription.statuses");
  return (
    <Badge tone={TONES[status]} dot data-testid="subscription-status" data-status={status}>
      {t(status)}
    </Badge>
  );
}
