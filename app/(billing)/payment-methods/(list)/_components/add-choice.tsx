import { Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type OpenPortal, PortalButton } from "@/components/payment-methods/portal-button";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";

/** Two ways to the same end: on this page, or at Stripe. */
export function AddChoice({ openPortal, readOnly }: { openPortal: OpenPortal; readOnly: boolean }) {
  const t = useTranslations("paymentMethods.add");
  return (
    <Card aria-labelledby="add-title">
      <CardHeader id="add-title" title={t("title")} hint={t("hint")} />
      <CardBody className="flex flex-col gap-5">
        <div>
          {readOnly ? (
            <Button tone="primary" disabled className="w-full">
              <Plus aria-hidden />
              {t("here")}
            </Button>
          ) : (
            <Button asChild tone="primary" className="w-full">
              <Link href="/payment-methods/add">
                <Plus aria-hidden />
                {t("here")}
              </Link>
            </Button>
          )}
          <p className="mt-1.5 text-ink-faint text-sm">{t("hereHint")}</p>
        </div>
        <div className="flex flex-col">
          <PortalButton openPortal={openPortal} label={t("atStripe")} disabled={readOnly} />
          <p className="mt-1.5 text-ink-faint text-sm">{t("atStripeHint")}</p>
        </div>
      </CardBody>
    </Card>
  );
}
