type Messages = { [key: string]: string | Messages };

/** The paths of all texts of a language, `dashboard.balance`. */
export function messageKeys(messages: Messages, prefix = ""): string[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === "string" ? [prefix + key] : messageKeys(value, `${prefix}${key}.`),
  );
}

/** The values a text takes. Texts with plurals differ in their branches from language to language: there only the typed ones count. */
function valuesOf(text: string): string {
  const pattern = /,\s*(plural|select|selectordinal)\s*,/.test(text) ? /\{(\w+)\s*,/g : /\{(\w+)\s*[,}]/g;
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1]))].sort().join(", ");
}

function textAt(messages: Messages, key: string): string {
  const value = key
    .split(".")
    .reduce<string | Messages | undefined>((at, part) => (typeof at === "object" ? at[part] : undefined), messages);
  return typeof value === "string" ? value : "";
}

/** @returns one line for each text that one language has and the other has not, or that takes other values */
export function unequalMessages(en: Messages, zh: Messages): string[] {
  const inEn = new Set(messageKeys(en));
  const inZh = new Set(messageKeys(zh));
  return [
    ...[...inEn].filter((key) => !inZh.has(key)).map((key) => `messages/zh-CN lacks ${key}`),
    ...[...inZh].filter((key) => !inEn.has(key)).map((key) => `messages/en lacks ${key}`),
    ...[...inEn]
      .filter((key) => inZh.has(key) && valuesOf(textAt(en, key)) !== valuesOf(textAt(zh, key)))
      .map((key) => `messages: ${key} takes other values in each language`),
  ];
}
