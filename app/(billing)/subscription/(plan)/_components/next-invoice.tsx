import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import type { TenantScope } from "@/lib/auth/scope";
import { log } from "@/lib/log";
import { formatMoney } from "@/lib/money/amount";
import { nextInvoiceOf } from "@/lib/subscriptions/preview";
import type { Subscription } from "@/lib/subscriptions/queries";

type Props = { scope: TenantScope; live: Subscription; timeZone: string };

/** Comes after the page, since Stripe is asked for it; the page stands without. */
export async function NextInvoice({ scope, live, timeZone }: Props) {
  const [t, format, locale] = await Promise.all([getTranslations("subscription"), getFormatter(), getLocale()]);
  if (live.cancelAt) return t("noInvoice");
  try {
    const next = await nextInvoiceOf(scope, live);
    if (!next) return t(live.status === "trialing" ? "noInvoiceYet" : "noInvoice");
    return t("nextInvoice", {
      amount: formatMoney(next.amountMinor, live.currency, locale),
      date: format.dateTime(next.at, { dateStyle: "medium", timeZone }),
    });
  } catch (error) {
    log().warn({ err: error }, "the next invoice could not be previewed");
    return <span className="text-ink-faint">{t("nextUnknown")}</span>;
  }
}
