import { describe, expect, test } from "vitest";
import { isWinAnsi, runsOf, withoutInvisible } from "./fonts";
import { invoicePdf } from "./invoice-pdf";
import { invoice, line, readPdf } from "./testing";
import { shorten, wrap } from "./wrap";

describe("other languages", () => {
  test("Chinese can be read and copied", async () => {
    const { text, info, language } = await readPdf(
      invoicePdf({
        ...invoice([line({ description: "专业版订阅：现场集成与咨询服务" })]),
        locale: "zh-CN",
        timeZone: "Asia/Shanghai",
        billedTo: {
          name: "上海智造机器人有限公司",
          email: null,
          taxId: "91310000MA1FL5E123",
          address: {
            line1: "世纪大道 100 号",
            line2: null,
            city: "上海市",
            state: null,
            postalCode: "200120",
            country: "CN",
          },
        },
      }),
    );
    for (const part of [
      "账单",
      "上海智造机器人有限公司",
      "中国上海市",
      "税号 91310000MA1FL5E123",
      "专业版订阅：现场集成与咨询服务",
      "2026年11月2日",
      "应付金额（USD）",
      "第 1 页，共 1 页",
    ])
      expect(text).toContain(part);
    expect(text).toContain("$96.34");
    expect(info.Title).toBe("账单 INV-000042");
    expect(language).toBe("zh-CN");
  });

  test("names in other alphabets are spelled out, emoji drawn, and what nobody can show is a question mark", async () => {
    const name = "Łódź Żółć Ελλάδα Привет Nguyễn 臺灣 😀🚀 ไทย";
    const { text } = await readPdf(
      invoicePdf({ ...invoice([line()]), billedTo: { name, email: null, taxId: null, address: null } }),
    );
    // Words are put together of typefaces: a reader program may see gaps between them.
    const read = text.replace(/\s/g, "");
    for (const word of ["Łódź", "Żółć", "Ελλάδα", "Привет", "Nguyễn", "臺灣😀🚀???"]) expect(read).toContain(word);
  });

  test("an emoji of several characters is one glyph, in either weight, and joiners outside of one are taken off", () => {
    for (const weight of ["regular", "bold"] as const)
      for (const emoji of ["👩‍💻", "🇩🇪", "👍🏽", "❤️", "1️⃣", "🏳️‍🌈"]) {
        const runs = runsOf(withoutInvisible(`a${emoji}b`), weight);
        expect(runs.map(({ text, face }) => [text, face.font.layout(text).glyphs.length])).toEqual([
          ["a", 1],
          [emoji, 1],
          ["b", 1],
        ]);
      }
    expect(withoutInvisible("a\u200db\ufe0f\u200b 1")).toBe("ab 1");
  });

  test("what the plain fonts have is what PDF says they have", () => {
    expect(isWinAnsi("Café €5 “x” – … ™ Ÿ")).toBe(true);
    for (const text of ["Ł", "₩", "\u0081", "\n", "中", "\u202f"]) expect(isWinAnsi(text)).toBe(false);
  });
});

describe("lines of text", () => {
  const measure = (text: string) => [...text].length;
  test("break at spaces, in Chinese between characters but not before a full stop, and cut what fits nowhere", () => {
    expect(wrap("one two three", 8, measure)).toEqual(["one two", "three"]);
    expect(wrap("专业版订阅服务。", 7, measure)).toEqual(["专业版订阅服", "务。"]);
    expect(wrap("a\nb", 10, measure)).toEqual(["a", "b"]);
    expect(wrap("abcdefghij", 4, measure)).toEqual(["abcd", "efgh", "ij"]);
    expect(wrap("x abcdefghij y", 4, measure)).toEqual(["x", "abcd", "efgh", "ij y"]);
    expect(wrap("", 4, measure)).toEqual([""]);
  });
  test("are shortened with an ellipsis", () => {
    expect(shorten("short", 5, measure)).toBe("short");
    expect(shorten("much too long", 8, measure)).toBe("much to…");
  });
});
