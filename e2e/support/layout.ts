import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Nothing sticks out at the side of the page. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const { width, wanted, widest } = await page.evaluate(() => {
    const root = document.documentElement;
    const out = [...document.body.querySelectorAll("*")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.right > root.clientWidth + 1;
    });
    const names = out.slice(0, 3).map((element) => `${element.tagName}.${element.className}`.slice(0, 120));
    return { width: root.clientWidth, wanted: root.scrollWidth, widest: names };
  });
  expect.soft(wanted, `the page scrolls sideways: ${widest.join(" · ")}`).toBeLessThanOrEqual(width);
}

/**
 * axe objects to nothing. Stripe's frame is checked where it is made, so that nothing of another origin is left: the legacy mode
 * spares a page opened for each look.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const axe = new AxeBuilder({ page }).exclude('iframe[name^="__privateStripeFrame"]').setLegacyMode(true);
  const { violations } = await axe.analyze();
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  expect.soft(said, "what axe objects to").toEqual([]);
}

type Messages = { [name: string]: string | Messages };

const keysOf = (messages: Messages, above = ""): string[] =>
  Object.entries(messages).flatMap(([name, value]) =>
    typeof value === "string" ? [above + name] : keysOf(value, `${above}${name}.`),
  );

/** next-intl shows the key of a text that is missing, such as `dashboard.hint`. @param messages the texts of any language */
export async function expectNoMissingTexts(page: Page, messages: Messages): Promise<void> {
  const text = (await page.locator("body").allInnerTexts()).join("\n");
  const keys = new Set(keysOf(messages));
  const shown = text.match(/\b[a-z]\w*(\.\w+)+\b/g) ?? [];
  expect
    .soft(
      shown.filter((word) => keys.has(word)),
      "keys of missing texts",
    )
    .toEqual([]);
}
