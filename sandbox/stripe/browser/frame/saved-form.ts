import type { CardBrand } from "../fields/brand";
import type { CustomerFeatures, SavedMethod } from "../protocol";
import { h, svg } from "./dom";
import { BANK_ICON, brandIcon, CARD_NAMES } from "./icons";
import { type FormContext, type MethodForm, texts } from "./method-form";

function describe(method: SavedMethod, say: ReturnType<typeof texts>): { label: string; detail: string; icon: string } {
  const { card, us_bank_account: bank } = method;
  if (card) {
    const known = card.brand in CARD_NAMES ? (card.brand as CardBrand) : "unknown";
    const expiry = `${String(card.exp_month).padStart(2, "0")}/${String(card.exp_year % 100).padStart(2, "0")}`;
    return {
      label: `${CARD_NAMES[card.brand] ?? card.brand} •••• ${card.last4}`,
      detail: say("savedExpiry").replace("{date}", expiry),
      icon: brandIcon(known),
    };
  }
  const kind = bank?.account_type === "savings" ? say("savings") : say("checking");
  return {
    label: `${bank?.bank_name ?? say("us_bank_account")} •••• ${bank?.last4 ?? ""}`,
    detail: kind,
    icon: BANK_ICON,
  };
}

/** A button that asks once more before it acts, in its own place. */
function removal(
  method: SavedMethod,
  label: string,
  context: FormContext,
  fail: (message: string) => void,
): HTMLElement {
  const say = texts(context.language);
  const place = h("span", { class: "SavedActions" });
  const named = (name: string) => name.replace("{method}", label);
  const button = (text: string, act: () => void, name?: string) => {
    const made = h("button", { type: "button", class: "LinkButton", "aria-label": name }, text);
    made.addEventListener("click", act);
    return made;
  };
  const ask = () => {
    const sure = button(say("confirmRemove"), async () => {
      sure.disabled = true;
      const error = await context.remove(method);
      if (error) {
        offer();
        fail(error);
      }
    });
    sure.classList.add("LinkButton--danger");
    place.replaceChildren(sure, button(say("keep"), offer));
    sure.focus();
  };
  const offer = () => place.replaceChildren(button(say("remove"), ask, named(say("removeOf"))));
  offer();
  return place;
}

/** The methods a customer session lets the element show, one of them chosen; each may be taken away where that is allowed. */
export function savedForm(context: FormContext, customer: CustomerFeatures, chosenId: string | null): MethodForm {
  const say = texts(context.language);
  const error = h("p", { class: "Error", id: "Field-savedError", role: "alert", hidden: true });
  const showError = (_code: string, message: string) => {
    error.textContent = message;
    error.hidden = message === "";
  };
  const first = customer.methods.find(({ id }) => id === chosenId) ?? customer.methods[0];
  const inputs = customer.methods.map((method) =>
    h("input", {
      type: "radio",
      name: "savedPaymentMethod",
      id: `saved-${method.id}`,
      value: method.id,
      checked: method === first,
      "aria-describedby": `saved-${method.id}-detail`,
    }),
  );
  const rows = customer.methods.map((method, at) => {
    const { label, detail, icon } = describe(method, say);
    const input = inputs[at];
    input?.addEventListener("change", () => {
      showError("", "");
      context.onChange();
    });
    return h(
      "div",
      { class: "PickerItem", "data-testid": "saved-payment-method" },
      h(
        "label",
        { class: "PickerLabel", for: `saved-${method.id}` },
        input,
        h("span", { class: "PickerIcon" }, svg(icon)),
        h("span", { class: "PickerText" }, label),
      ),
      h("span", { class: "PickerDetail", id: `saved-${method.id}-detail` }, detail),
      customer.remove && removal(method, label, context, (message) => showError("", message)),
    );
  });
  const chosen = () => {
    const id = inputs.find((input) => input.checked)?.value;
    return customer.methods.find((method) => method.id === id) ?? null;
  };
  return {
    tab: "saved",
    root: h(
      "fieldset",
      { class: "Picker" },
      h("legend", { class: "Legend--hidden" }, say("savedMethods")),
      ...rows,
      error,
    ),
    fields: [],
    type: () => (chosen()?.type === "us_bank_account" ? "us_bank_account" : "card"),
    saved: chosen,
    keeps: () => null,
    // A mandate is accepted anew with every payment by a bank account, unless the account has one already.
    params: () => ({
      payment_method: chosen()?.id,
      ...(chosen()?.type === "us_bank_account" && {
        mandate_data: { customer_acceptance: { type: "online", online: { infer_from_client: true } } },
      }),
    }),
    showError,
  };
}
