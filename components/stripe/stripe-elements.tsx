"use client";

import { Elements } from "@stripe/react-stripe-js";
import type { Stripe, StripeElementsOptions } from "@stripe/stripe-js";
import { useLocale } from "next-intl";
import { useTheme } from "next-themes";
import { type ReactNode, useMemo } from "react";
import type { Currency } from "@/lib/money/currency";
import { appearanceOf } from "./appearance";

type Props = {
  stripe: Stripe;
  /** A payment to finish, or none: then a method is saved for later, and its intent is made when the form is sent. */
  clientSecret?: string;
  currency: Currency;
  children: ReactNode;
};

const LOCALES = { en: "en", "zh-CN": "zh" } as const;

export function StripeElements({ stripe, clientSecret, currency, children }: Props) {
  const locale = useLocale();
  const { resolvedTheme } = useTheme();
  const options = useMemo((): StripeElementsOptions => {
    const look = { appearance: appearanceOf(resolvedTheme === "dark" ? "dark" : "light"), locale: LOCALES[locale] };
    return clientSecret ? { ...look, clientSecret } : { ...look, mode: "setup", currency: currency.toLowerCase() };
  }, [clientSecret, currency, locale, resolvedTheme]);
  return (
    <Elements stripe={stripe} options={options}>
      {children}
    </Elements>
  );
}
