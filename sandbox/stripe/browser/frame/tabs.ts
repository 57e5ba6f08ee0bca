import type { MethodType } from "../protocol";
import type { TextKey } from "../text";
import { h, svg } from "./dom";
import { BANK_ICON, CARD_ICON } from "./icons";
import type { MethodForm } from "./method-form";

/**
 * The methods as tabs (WAI-ARIA: one tab stop, arrow keys between tabs). A single method is shown without.
 * @param choose called when the customer picks another method
 */
export function tabs(
  forms: MethodForm[],
  chosen: MethodForm,
  say: (key: TextKey) => string,
  choose: (type: MethodType) => void,
): HTMLElement {
  if (forms.length === 1) return chosen.root;

  const buttons = forms.map(({ type }) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `${type}-tab`,
        "aria-controls": `${type}-panel`,
        class: "Tab",
        value: type,
        "data-testid": type,
      },
      svg(type === "card" ? CARD_ICON : BANK_ICON),
      h("span", { class: "TabLabel" }, say(type)),
    ),
  );
  const panels = forms.map(({ type, root }) =>
    h("div", { role: "tabpanel", id: `${type}-panel`, "aria-labelledby": `${type}-tab` }, root),
  );

  const show = (at: number) => {
    buttons.forEach((button, index) => {
      const selected = index === at;
      button.setAttribute("aria-selected", String(selected));
      button.tabIndex = selected ? 0 : -1;
      button.classList.toggle("Tab--selected", selected);
    });
    panels.forEach((panel, index) => {
      panel.hidden = index !== at;
    });
  };
  const select = (at: number) => {
    const form = forms[at];
    if (!form) return;
    show(at);
    choose(form.type);
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
  show(forms.indexOf(chosen));
  return h(
    "div",
    {},
    h("div", { role: "tablist", class: "TabList", "aria-label": say("paymentMethods") }, ...buttons),
    ...panels,
  );
}
