"use client";

import type { Appearance } from "@stripe/stripe-js";

/** Gives Stripe's frame the page's own colours and letters, read from the tokens in force (light or dark). */
export function appearanceOf(theme: "light" | "dark"): Appearance {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    theme: theme === "dark" ? "night" : "stripe",
    variables: {
      colorPrimary: token("--keel"),
      colorBackground: token("--surface"),
      colorText: token("--ink"),
      colorTextSecondary: token("--ink-soft"),
      colorTextPlaceholder: token("--ink-faint"),
      colorDanger: token("--port"),
      fontFamily:
        "system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
      borderRadius: "8px",
      spacingUnit: "4px",
    },
  };
}
