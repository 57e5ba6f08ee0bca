import { expect, test } from "vitest";
import { NO_LOCALE } from "@/lib/auth/users";
import { localeFrom } from "./locales";

test("what was chosen wins over what the browser asks for", () => {
  expect(localeFrom("zh-CN", "en-US,en;q=0.9")).toBe("zh-CN");
  expect(localeFrom("en", "zh-CN")).toBe("en");
});

test("an account whose language nobody chose leaves it to the browser", () => {
  expect(localeFrom(NO_LOCALE, "zh-CN,zh;q=0.9,en;q=0.8")).toBe("zh-CN");
  expect(localeFrom(NO_LOCALE, null)).toBe("en");
});

test("a made-up choice is ignored", () => {
  expect(localeFrom("../../etc", "zh;q=0.3, en;q=0.9")).toBe("en");
});

test.each([
  ["zh-TW,zh;q=0.8,en;q=0.5", "zh-CN"],
  ["fr-FR, zh-Hans;q=0.7, en;q=0.6", "zh-CN"],
  ["en;q=0.2, zh;q=0", "en"],
  ["de, fr;q=0.9", "en"],
  ["", "en"],
])("Accept-Language %j is answered in %s", (header, locale) => {
  expect(localeFrom(undefined, header)).toBe(locale);
});
