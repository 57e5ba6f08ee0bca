import type { Appearance } from "@stripe/stripe-js";

const SYSTEM_FONTS =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, Helvetica, Arial, "PingFang SC", "Noto Sans SC", sans-serif';

/** Every variable the frame's style sheet reads, with its value in the theme `stripe`. Others of Stripe's change nothing. */
const STRIPE = {
  colorPrimary: "#0570de",
  colorBackground: "#ffffff",
  colorText: "#30313d",
  colorTextSecondary: "color-mix(in srgb, var(--colorText) 72%, var(--colorBackground))",
  colorTextPlaceholder: "color-mix(in srgb, var(--colorText) 60%, var(--colorBackground))",
  colorDanger: "#c61a48",
  fontFamily: SYSTEM_FONTS,
  fontLineHeight: "1.4",
  fontSizeBase: "16px",
  fontSizeSm: "0.93em",
  fontSizeXs: "0.8125em",
  fontWeightNormal: "400",
  fontWeightMedium: "500",
  fontWeightBold: "600",
  borderRadius: "5px",
  spacingUnit: "4px",
  gridRowSpacing: "calc(var(--spacingUnit) * 3)",
  gridColumnSpacing: "calc(var(--spacingUnit) * 3)",
  tabSpacing: "calc(var(--spacingUnit) * 2)",
  accordionItemSpacing: "calc(var(--spacingUnit) * 2)",
  inputColorBorder: "color-mix(in srgb, var(--colorText) 18%, var(--colorBackground))",
  inputBoxShadow: "0 1px 1px rgb(0 0 0 / 0.03)",
  inputFocusColorBorder: "var(--colorPrimary)",
  inputFocusBoxShadow: "var(--focusBoxShadow)",
  focusBoxShadow: "0 0 0 3px color-mix(in srgb, var(--colorPrimary) 28%, transparent)",
  focusOutline: "none",
  labelColorText: "var(--colorText)",
  labelFontSize: "var(--fontSizeSm)",
  labelFontWeight: "var(--fontWeightNormal)",
  labelSpacing: "var(--spacingUnit)",
  iconColor: "var(--colorTextSecondary)",
  tabIconColor: "var(--colorTextSecondary)",
  tabIconHoverColor: "var(--colorText)",
  tabIconSelectedColor: "var(--colorPrimary)",
  accordionItemLabelColorText: "var(--colorText)",
  accordionItemLabelSelectedColorText: "var(--colorPrimary)",
};

type Variables = typeof STRIPE;

const THEMES: Record<"stripe" | "night" | "flat", Variables> = {
  stripe: STRIPE,
  night: {
    ...STRIPE,
    colorPrimary: "#4d9eff",
    colorBackground: "#30313d",
    colorText: "#ffffff",
    colorDanger: "#fe87a1",
  },
  flat: {
    ...STRIPE,
    colorBackground: "#f1f1f1",
    inputColorBorder: "color-mix(in srgb, var(--colorText) 8%, var(--colorBackground))",
    inputBoxShadow: "none",
    borderRadius: "2px",
  },
};

/** Stripe's older names of the same variables. */
const ALIASES: Record<string, keyof Variables> = {
  spacingGridRow: "gridRowSpacing",
  spacingGridColumn: "gridColumnSpacing",
  spacingTab: "tabSpacing",
  spacingAccordionItem: "accordionItemSpacing",
  colorIcon: "iconColor",
  colorIconTab: "tabIconColor",
  colorIconTabHover: "tabIconHoverColor",
  colorIconTabSelected: "tabIconSelectedColor",
};

/**
 * The CSS custom properties of an appearance: the theme's, with the page's own variables on top.
 * @returns names without dashes in front, values as given
 */
export function appearanceVariables(appearance: Appearance = {}): Variables {
  const variables = { ...THEMES[appearance.theme ?? "stripe"] };
  for (const [given, value] of Object.entries(appearance.variables ?? {})) {
    const name = ALIASES[given] ?? given;
    if (name in variables && typeof value === "string" && value.trim()) variables[name as keyof Variables] = value;
  }
  return variables;
}

/** Selectors a page may style, as Stripe names them: `.Input`, `.Tab--selected`, `.Tab--selected:hover`, `.Input::placeholder`. */
const SELECTOR = /^\.[A-Z][A-Za-z]*(?:--[a-zA-Z]+)*(?:::?[a-z-]+)*$/;

function isAllowed(selectors: string): boolean {
  return selectors.split(",").every((selector) => SELECTOR.test(selector.trim()));
}

/** The rules of an appearance as CSS text; selectors that are not Stripe's are dropped, and nothing may load an address. */
export function appearanceRules(appearance: Appearance = {}): string[] {
  return Object.entries(appearance.rules ?? {})
    .filter(([selector]) => isAllowed(selector))
    .map(([selector, declarations]) => {
      const lines = Object.entries(declarations)
        .filter(([, value]) => value !== undefined && !/[{};]|url\(/i.test(String(value)))
        .map(
          ([name, value]) =>
            `${name.startsWith("--") ? name : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${value}`,
        );
      return `${selector} { ${lines.join("; ")} }`;
    });
}
