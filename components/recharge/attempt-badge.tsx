import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import type { Attempt } from "@/lib/recharge/types";

const TONES: Record<Attempt["state"], Tone> = {
  reserved: "keel",
  charging: "keel",
  processing: "keel",
  requires_action: "warn",
  unknown: "warn",
  succeeded: "good",
  failed: "bad",
};

export function AttemptBadge({ attempt }: { attempt: Pick<Attempt, "state" | "reversedAt"> }) {
  const t = useTranslations("recharge.attemptStates");
  if (attempt.reversedAt) return <Badge tone="bad">{t("returned")}</Badge>;
  return <Badge tone={TONES[attempt.state]}>{t(attempt.state)}</Badge>;
}
