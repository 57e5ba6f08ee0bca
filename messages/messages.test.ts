import { createTranslator } from "use-intl/core";
import { describe, expect, test } from "vitest";
import { ERROR_CODES } from "@/lib/errors";
import { POSTING_KINDS } from "@/lib/ledger/types";
import { REASONS } from "@/lib/recharge/types";
import { en } from "./en";
import { zhCN as zh } from "./zh-CN";

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, path = ""): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${path}${key}`, value] as const] : [...flat(value, `${path}${key}.`)],
  );
  return new Map(entries);
}

/** The names in braces, whatever they stand in: `{count, plural, …}` and `{count}` are the same. */
const names = (message: string) =>
  [...new Set([...message.matchAll(/\{(\w+)\s*[,}]/g)].map((match) => match[1]))].sort();
const values = (message: string) => Object.fromEntries(names(message).map((name) => [name, 2]));

const english = flat(en);
const chinese = flat(zh);

test("both languages have the same messages", () => {
  expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
});

test("a message names the same values in both languages", () => {
  const different = [...english].filter(([key, text]) => names(text).join() !== names(chinese.get(key) ?? "").join());
  expect(different.map(([key]) => key)).toEqual([]);
});

test.each([
  ["en", en, english],
  ["zh-CN", zh, chinese],
] as const)("every message of %s can be formatted", (locale, messages, list) => {
  const problems: string[] = [];
  const t = createTranslator({ locale, messages, onError: (error) => problems.push(error.message) });
  for (const [key, text] of list) t(key as never, values(text) as never);
  expect(problems).toEqual([]);
});

test("nothing was left in English", () => {
  const mayBeEqual = /^[\d\s{}\w.,·:…—-]*$|Stripe\.js|UTC|Evenkeel|API|Webhook/;
  const same = [...english].filter(
    ([key, text]) =>
      chinese.get(key) === text &&
      !(
        mayBeEqual.test(text) &&
        text
          .replace(/\{[^}]*\}/g, "")
          .trim()
          .split(/\s+/).length < 3
      ),
  );
  expect(same.map(([key]) => key)).toEqual([]);
});

describe("closed sets", () => {
  test.each([
    ["recharge.reasons", REASONS],
    ["recharge.reasonsShort", REASONS],
    ["activity.kinds", POSTING_KINDS],
    ["errors", Object.keys(ERROR_CODES)],
  ] as const)("%s has words for each", (prefix, codes) => {
    const missing = codes.filter(
      (code) => ![...english.keys()].some((key) => key === `${prefix}.${code}` || key.startsWith(`${prefix}.${code}.`)),
    );
    expect(missing).toEqual([]);
  });
});
