import type { Appearance } from "@stripe/stripe-js";

type Variables = Record<
  | "colorPrimary"
  | "colorBackground"
  | "colorText"
  | "colorTextSecondary"
  | "colorTextPlaceholder"
  | "colorDanger"
  | "fontFamily"
  | "fontSizeBase"
  | "borderRadius"
  | "spacingUnit",
  string
>;

const STRIPE: Variables = {
  colorPrimary: "#0570de",
  colorBackground: "#ffffff",
  colorText: "#30313d",
  colorTextSecondary: "color-mix(in srgb, var(--colorText) 72%, var(--colorBackground))",
  colorTextPlaceholder: "color-mix(in srgb, var(--colorText) 60%, var(--colorBackground))",
  colorDanger: "#c61a48",
  fontFamily:
    '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, Helvetica, Arial, "PingFang SC", "Noto Sans SC", sans-serif',
  fontSizeBase: "16px",
  borderRadius: "5px",
  spacingUnit: "4px",
};

const NIGHT: Variables = {
  ...STRIPE,
  colorPrimary: "#4d9eff",
  colorBackground: "#30313d",
  colorText: "#ffffff",
  colorDanger: "#fe87a1",
};

/**
 * The CSS custom properties of an appearance: the theme's, with the page's own variables on top.
 * @returns names without dashes in front, values as given
 */
export function appearanceVariables(appearance: Appearance = {}): Variables {
  const variables = { ...(appearance.theme === "night" ? NIGHT : STRIPE) };
  const given: Record<string, unknown> = { ...appearance.variables };
  for (const name of Object.keys(variables) as (keyof Variables)[]) {
    const value = given[name];
    if (typeof value === "string" && value.trim()) variables[name] = value;
  }
  return variables;
}

/** Selectors a page may style, as Stripe names them: `.Input`, `.Tab--selected`, `.Input:focus`, `.Label`. */
const SELECTOR = /^\.[A-Z][A-Za-z]*(?:--[a-z]+)?(?:::?[a-z-]+)?$/;

/** The rules of an appearance as CSS text; selectors that are not Stripe's are dropped, and nothing may load an address. */
export function appearanceRules(appearance: Appearance = {}): string[] {
  return Object.entries(appearance.rules ?? {})
    .filter(([selector]) => SELECTOR.test(selector))
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
