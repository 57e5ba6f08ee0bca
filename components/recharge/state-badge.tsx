import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import type { RechargeState } from "@/lib/recharge/types";

const TONES: Record<RechargeState, Tone> = {
  off: "neutral",
  active: "good",
  charging: "keel",
  processing: "keel",
  waiting: "warn",
  paused: "bad",
  stopped: "bad",
};

export function StateBadge({ state }: { state: RechargeState }) {
  const t = useTranslations("recharge.states");
  return (
    <Badge tone={TONES[state]} dot data-testid="recharge-state" data-state={state}>
      {t(state)}
    </Badge>
  );
}
