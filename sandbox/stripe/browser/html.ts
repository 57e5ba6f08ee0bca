/** Markup that is safe to send: made only by {@link html} and {@link raw}. */
export class Html {
  constructor(readonly markup: string) {}
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function render(value: unknown): string {
  if (value === null || value === undefined || value === false) return "";
  if (value instanceof Html) return value.markup;
  if (Array.isArray(value)) return value.map(render).join("");
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Template for markup: every value is escaped unless it is markup itself; null, undefined and false are nothing. */
export function html(parts: TemplateStringsArray, ...values: unknown[]): Html {
  return new Html(parts.reduce((text, part, at) => text + render(values[at - 1]) + part));
}

/** Marks constant text of ours (a style sheet) as markup. Never for anything that came from outside. */
export function raw(markup: string): Html {
  return new Html(markup);
}
