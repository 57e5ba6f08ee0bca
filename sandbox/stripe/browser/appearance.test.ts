import { describe, expect, it } from "vitest";
import { encodeForm } from "./api-client";
import { appearanceRules, appearanceVariables } from "./appearance";
import { localized } from "./error-text";
import { languageOf, TEXT } from "./text";

describe("appearance", () => {
  it("puts the page's variables over the theme's", () => {
    const night = appearanceVariables({ theme: "night", variables: { colorPrimary: "#34d399", spacingUnit: "" } });
    expect(night).toMatchObject({ colorPrimary: "#34d399", colorText: "#ffffff", spacingUnit: "4px" });
    expect(appearanceVariables().colorBackground).toBe("#ffffff");
  });

  it("takes only Stripe's selectors and no addresses", () => {
    const rules = appearanceRules({
      rules: {
        ".Input:focus": { boxShadow: "none", backgroundImage: "url(https://elsewhere.test)" },
        body: { color: "red" },
        ".Label": { color: "red; } body { display: none" },
      },
    });
    expect(rules).toEqual([".Input:focus { box-shadow: none }", ".Label {  }"]);
  });
});

describe("form dialect", () => {
  it("nests objects, numbers lists and leaves out what is undefined", () => {
    const form = encodeForm({ a: { b: 1, c: undefined, d: null }, list: ["x", { y: true }] });
    expect([...form]).toEqual([
      ["a[b]", "1"],
      ["a[d]", ""],
      ["list[0]", "x"],
      ["list[1][y]", "true"],
    ]);
  });
});

describe("languages", () => {
  it.each([
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
    ["de-DE,en;q=0.8", "en"],
    ["zh-HK", "zh"],
    ["fr", "en"],
    ["auto", "en"],
    ["", "en"],
  ])("%j reads %s", (wanted, language) => {
    expect(languageOf(wanted)).toBe(language);
  });

  it("has every text, with the same blanks, in both", () => {
    for (const [key, english] of Object.entries(TEXT.en)) {
      const chinese = TEXT.zh[key as keyof typeof TEXT.en];
      expect(chinese.match(/\{\w+\}/g) ?? [], key).toEqual(english.match(/\{\w+\}/g) ?? []);
    }
  });
});

describe("errors of the API", () => {
  it("reads the decline code first and leaves what is not for customers alone", () => {
    const declined = {
      type: "card_error",
      code: "card_declined",
      decline_code: "insufficient_funds",
      message: "Your card has insufficient funds.",
    };
    expect(localized(declined, "zh").message).toBe("您的银行卡余额不足。");
    expect(localized({ ...declined, decline_code: "generic_decline" }, "zh").message).toBe("您的银行卡被拒绝。");
    expect(localized(declined, "en")).toBe(declined);
    const invalid = { type: "invalid_request_error", code: "resource_missing", message: "No such intent" };
    expect(localized(invalid, "zh")).toEqual(invalid);
  });
});
