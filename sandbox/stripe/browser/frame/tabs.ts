import type { TabName } from "../protocol";
import type { TextKey } from "../text";
import { h, svg } from "./dom";
import { BANK_ICON, CARD_ICON, SAVED_ICON } from "./icons";
import type { MethodForm } from "./method-form";

/** The methods as the customer sees them, and the one that is open. */
export interface Arrangement {
  root: HTMLElement;
  /** Opens a form, or with null (accordions only) closes all. */
  open(form: MethodForm | null): void;
}

export const TAB_ICONS: Record<TabName, string> = { saved: SAVED_ICON, card: CARD_ICON, us_bank_account: BANK_ICON };

/**
 * The methods as tabs (WAI-ARIA: one tab stop, arrow keys between tabs). A single method is shown without.
 * @param choose called when the customer picks another method
 */
export function tabs(
  forms: MethodForm[],
  say: (key: TextKey) => string,
  choose: (form: MethodForm) => void,
): Arrangement {
  const [only] = forms;
  if (forms.length === 1 && only) return { root: only.root, open: () => undefined };

  const buttons = forms.map(({ tab }) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `${tab}-tab`,
        "aria-controls": `${tab}-panel`,
        class: "Tab",
        value: tab,
        "data-testid": tab,
      },
      h("span", { class: "TabIcon" }, svg(TAB_ICONS[tab])),
      h("span", { class: "TabLabel" }, say(tab)),
    ),
  );
  const panels = forms.map(({ tab, root }) =>
    h("div", { role: "tabpanel", id: `${tab}-panel`, "aria-labelledby": `${tab}-tab` }, root),
  );

  const open = (form: MethodForm | null) => {
    buttons.forEach((button, index) => {
      const selected = forms[index] === form;
      button.setAttribute("aria-selected", String(selected));
      button.tabIndex = selected ? 0 : -1;
      button.classList.toggle("Tab--selected", selected);
      button.querySelector(".TabIcon")?.classList.toggle("TabIcon--selected", selected);
      button.querySelector(".TabLabel")?.classList.toggle("TabLabel--selected", selected);
    });
    panels.forEach((panel, index) => {
      panel.hidden = forms[index] !== form;
    });
  };
  const select = (at: number) => {
    const form = forms[at];
    if (!form) return;
    open(form);
    choose(form);
  };
  buttons.forEach((button, at) => {
    button.addEventListener("click", () => select(at));
    button.addEventListener("keydown", ({ key }) => {
      const step = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
      if (!step) return;
      const next = (at + step + buttons.length) % buttons.length;
      select(next);
      buttons[next]?.focus();
    });
  });
  const list = h("div", { role: "tablist", class: "TabList", "aria-label": say("paymentMethods") }, ...buttons);
  return { root: h("div", {}, list, ...panels), open };
}
