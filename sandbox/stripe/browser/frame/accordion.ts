import type { LayoutObject } from "@stripe/stripe-js";
import type { TextKey } from "../text";
import { h, svg } from "./dom";
import type { MethodForm } from "./method-form";
import { type Arrangement, TAB_ICONS } from "./tabs";

/**
 * The methods one below the other, one of them open at most. The buttons have the ids that they have as tabs.
 * @param choose called when the customer opens another method
 */
export function accordion(
  forms: MethodForm[],
  say: (key: TextKey) => string,
  choose: (form: MethodForm) => void,
  layout: LayoutObject,
): Arrangement {
  const { radios = "auto" } = layout;
  const withRadios = radios === "always" || (radios !== "never" && forms.length > 1);
  const buttons = forms.map(({ tab }) =>
    h(
      "button",
      {
        type: "button",
        id: `${tab}-tab`,
        "aria-controls": `${tab}-panel`,
        class: "AccordionButton",
        value: tab,
        "data-testid": tab,
      },
      withRadios && h("span", { class: "RadioIcon", "aria-hidden": "true" }),
      h("span", { class: "TabIcon" }, svg(TAB_ICONS[tab])),
      h("span", { class: "TabLabel" }, say(tab)),
    ),
  );
  const panels = forms.map(({ tab, root }) =>
    h("div", { role: "region", id: `${tab}-panel`, class: "AccordionPanel", "aria-labelledby": `${tab}-tab` }, root),
  );
  const items = forms.map((_form, at) => h("div", { class: "AccordionItem" }, buttons[at], panels[at]));

  const open = (form: MethodForm | null) => {
    forms.forEach((candidate, at) => {
      const isOpen = candidate === form;
      const [button, panel, item] = [buttons[at], panels[at], items[at]];
      button?.setAttribute("aria-expanded", String(isOpen));
      item?.classList.toggle("AccordionItem--selected", isOpen);
      if (panel) panel.hidden = !isOpen;
    });
  };
  buttons.forEach((button, at) => {
    button.addEventListener("click", () => {
      const form = forms[at];
      if (!form) return;
      open(form);
      choose(form);
    });
  });
  const spaced = layout.spacedAccordionItems && " Accordion--spaced";
  return { root: h("div", { class: `Accordion${spaced || ""}` }, ...items), open };
}
