import { _createCache, _createIntlFormatters, createTranslator } from "use-intl/core";
import formatParsed from "use-intl/format-message/format-only";
import { expect, test, vi } from "vitest";
import { en } from "./en";
import { readable } from "./readable";
import { zhCN } from "./zh-CN";

type Tree = { [key: string]: string | Tree };

const texts = (tree: Tree, path = ""): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${path}${key}`, value] as [string, string]] : texts(value, `${path}${key}.`),
  );
const at = (tree: object, key: string) =>
  key.split(".").reduce<unknown>((part, name) => Reflect.get(Object(part), name), tree);
const valuesFor = (text: string, value: number) =>
  Object.fromEntries([...text.matchAll(/\{(\w+)\s*[,}]/g)].map(([, name]) => [name, value]));

/** What React hands to the browser: nothing but plain objects, arrays, texts and numbers. */
const renderable = (value: unknown): boolean =>
  typeof value !== "object" ||
  (Object.getPrototypeOf(value) === (Array.isArray(value) ? Array.prototype : Object.prototype) &&
    Object.values(value ?? {}).every(renderable));

test("the whole formatter is given the messages as they are written", () => {
  expect(readable(en)).toBe(en);
});

test.each([
  ["en", en],
  ["zh-CN", zhCN],
] as const)("the build's formatter says the same in %s, whatever the number", async (locale, messages) => {
  vi.resetModules();
  vi.doMock("use-intl/format-message", () => import("use-intl/format-message/format-only"));
  const parsed = (await import("./readable")).readable(messages);
  expect(renderable(parsed)).toBe(true);
  const cache = _createCache();
  const options = { cache, formatters: _createIntlFormatters(cache), locale, timeZone: "UTC" };
  const t = createTranslator({ locale, messages, timeZone: "UTC" });
  const list = texts(messages);
  expect(list.length).toBeGreaterThan(1_000);
  for (const value of [0, 1, 2, 1_234.5]) {
    for (const [key, text] of list) {
      const values = valuesFor(text, value);
      const said = formatParsed(key, at(parsed, key) as Parameters<typeof formatParsed>[1], values, options);
      expect(said, key).toBe(t(key as never, values as never));
    }
  }
});
