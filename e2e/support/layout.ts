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
  expect(wanted, `the page scrolls sideways: ${widest.join(" · ")}`).toBeLessThanOrEqual(width);
}

/** axe objects to nothing. Stripe's frame is checked where it is made. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude('iframe[name^="__privateStripeFrame"]').analyze();
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  expect(said, "what axe objects to").toEqual([]);
}

/** next-intl shows the key of a text that is missing: `dashboard.hint`. */
export async function expectNoMissingTexts(page: Page, namespaces: string[]): Promise<void> {
  // biome-ignore lint/performance/useDomNodeTextContent: only what is seen counts, not the scripts
  const text = await page.evaluate(() => document.body.innerText);
  const key = new RegExp(`\\b(${namespaces.join("|")})(\\.[a-z]\\w*)+\\b`, "g");
  expect(text.match(key) ?? [], "keys of missing texts").toEqual([]);
}
