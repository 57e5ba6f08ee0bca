import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ActionResult } from "@/components/forms/action-result";
import { DateTime } from "@/components/time/date-time";
import { RelativeTime } from "@/components/time/relative-time";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, Td, Th } from "@/components/ui/table";
import type { ApiToken } from "@/lib/auth/tokens";
import { RevokeToken } from "./revoke-token";

type Props = { tokens: ApiToken[]; revoke: (tokenId: string) => Promise<ActionResult>; timeZone: string; now: Date };

export function TokenList({ tokens, revoke, timeZone, now }: Props) {
  const t = useTranslations("settings.tokens");
  if (tokens.length === 0)
    return (
      <EmptyState icon={KeyRound} title={t("empty")}>
        {t("emptyHint")}
      </EmptyState>
    );
  return (
    <div className="mt-3 pb-2">
      <Table label={t("title")}>
        <thead>
          <tr>
            <Th>{t("name")}</Th>
            <Th>{t("role")}</Th>
            <Th>{t("expiry")}</Th>
            <Th>{t("lastUsed")}</Th>
            <Th>
              <span className="sr-only">{t("revoke")}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => {
            const state = token.revokedAt ? "revoked" : token.expiresAt <= now ? "expired" : "active";
            return (
              <tr key={token.tokenId}>
                <Td className="min-w-36">
                  <span className="block font-medium">{token.name}</span>
                  <Badge tone={state === "active" ? "good" : "neutral"}>{t(`states.${state}`)}</Badge>
                </Td>
                <Td className="min-w-44">
                  {t(`roles.${token.role}`)}
                  <span className="block font-mono text-ink-faint text-xs">{token.scopes.join(" ")}</span>
                </Td>
                <Td className="whitespace-nowrap">
                  <DateTime at={token.expiresAt} timeZone={timeZone} style="day" />
                </Td>
                <Td className="whitespace-nowrap">
                  {token.lastUsedAt ? (
                    <RelativeTime at={token.lastUsedAt} timeZone={timeZone} />
                  ) : (
                    <span className="text-ink-faint">{t("never")}</span>
                  )}
                </Td>
                <Td className="text-right">
                  {state === "active" ? (
                    <RevokeToken tokenId={token.tokenId} name={token.name} revoke={revoke} />
                  ) : null}
                </Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </div>
  );
}
