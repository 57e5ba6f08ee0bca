type Child = Node | string | null | undefined | false;

/** Makes an element. Attributes that are `null` or `false` are left out; text is never read as markup. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string | boolean | null | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (typeof value === "string") element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An SVG from our own constant markup; never from anything a page or a customer gave. */
export function svg(markup: string): Element {
  const holder = document.createElement("template");
  holder.innerHTML = markup;
  return holder.content.firstElementChild ?? document.createElement("span");
}
