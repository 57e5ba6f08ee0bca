import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { TextLink } from "./text-link";

/** For links that were used or have expired: says so, and where to get another. */
export function DeadLink({ kind }: { kind: "signIn" | "reset" | "confirm" | "invitation" }) {
  const t = useTranslations("links");
  const [href, label] = {
    signIn: ["/sign-in/link", t("askAgain")],
    reset: ["/forgot-password", t("askAgain")],
    confirm: ["/", t("toApp")],
    invitation: ["/", t("toApp")],
  }[kind] as [string, string];
  return (
    <Alert tone="warn" title={t(`dead.${kind}.title`)} action={<TextLink href={href}>{label}</TextLink>}>
      {t(`dead.${kind}.text`)}
    </Alert>
  );
}
