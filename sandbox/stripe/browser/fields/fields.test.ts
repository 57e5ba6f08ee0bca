import { describe, expect, it } from "vitest";
import { brandOf } from "./brand";
import { caretAfter, formatCvc, formatExpiry, formatNumber, parseExpiry } from "./format";
import { abaChecksum, luhn } from "./luhn";
import * as validate from "./validate";

describe("check digits", () => {
  it.each(["4242424242424242", "4000000000000341", "378282246310005", "30569309025904", "6200000000000005"])(
    "accepts %s",
    (number) => {
      expect(luhn(number)).toBe(true);
    },
  );

  it("refuses every single wrong digit and every neighbouring swap of unequal digits it must catch", () => {
    const number = "4000002760003184";
    for (let at = 0; at < number.length; at++) {
      for (const digit of "0123456789") {
        if (digit === number[at]) continue;
        expect(luhn(number.slice(0, at) + digit + number.slice(at + 1))).toBe(false);
      }
    }
    expect(luhn("4000002760003148")).toBe(false);
    expect(luhn("")).toBe(false);
  });

  it("checks routing numbers", () => {
    expect(abaChecksum("110000000")).toBe(true);
    expect(abaChecksum("021000021")).toBe(true);
    expect(abaChecksum("110000001")).toBe(false);
    expect(abaChecksum("000000000")).toBe(false);
    expect(abaChecksum("11000000")).toBe(false);
  });
});

describe("brands", () => {
  it.each([
    ["4242", "visa"],
    ["5555", "mastercard"],
    ["2221", "mastercard"],
    ["2720", "mastercard"],
    ["2220", "unknown"],
    ["2721", "unknown"],
    ["3782", "amex"],
    ["3056", "diners"],
    ["3566", "jcb"],
    ["6011", "discover"],
    ["6200", "unionpay"],
    ["9", "unknown"],
  ])("%s is %s", (digits, brand) => {
    expect(brandOf(digits).brand).toBe(brand);
  });
});

describe("formatting", () => {
  it("groups numbers as the brand does and drops what is too much", () => {
    expect(formatNumber("4242424242424242999")).toBe("4242 4242 4242 4242");
    expect(formatNumber("378282246310005")).toBe("3782 822463 10005");
    expect(formatNumber("30569309025904")).toBe("3056 930902 5904");
    expect(formatNumber("6200 0000 0000 0000 003")).toBe("6200 0000 0000 0000 003");
    expect(formatNumber("42-42 4")).toBe("4242 4");
  });

  it.each([
    ["4", "04 / "],
    ["1", "1"],
    ["1/", "01 / "],
    ["12", "12 / "],
    ["123", "12 / 3"],
    ["1234", "12 / 34"],
    ["12/34", "12 / 34"],
    ["12 / 2034", "12 / 34"],
    ["4/30", "04 / 30"],
    ["12 / 345", "12 / 34"],
  ])("expiry %j becomes %j", (typed, shown) => {
    expect(formatExpiry(typed)).toBe(shown);
  });

  it("lets an expiry be typed digit by digit and deleted again", () => {
    let text = "";
    for (const key of "1229") text = formatExpiry(text + key);
    expect(text).toBe("12 / 29");
    let presses = 0;
    while (text && presses++ < 10) text = formatExpiry(text.slice(0, -1), true);
    expect(text).toBe("");
    expect(presses).toBeLessThanOrEqual(6);
  });

  it("types a year that begins with 20", () => {
    let text = "";
    for (const key of "122034") text = formatExpiry(text + key);
    expect(text).toBe("12 / 34");
  });

  it("cuts the security code to the brand's length", () => {
    expect(formatCvc("12345", "4242")).toBe("123");
    expect(formatCvc("12345", "3782")).toBe("1234");
  });

  it("keeps the caret behind the same digit", () => {
    expect(caretAfter("42424", "4242 4242")).toBe(6);
    expect(caretAfter("4242", "4242 4")).toBe(4);
    expect(caretAfter("", "4242")).toBe(0);
  });

  it("parses", () => {
    expect(parseExpiry("12 / 34")).toEqual({ month: 12, year: 2034 });
    expect(parseExpiry("12 / 3")).toBeNull();
  });
});

describe("validation", () => {
  const today = { month: 11, year: 2026 };

  it.each([
    ["", "incomplete_number"],
    ["4242 4242 4242 424", "incomplete_number"],
    ["4242 4242 4242 4241", "invalid_number"],
    ["4242 4242 4242 4242", null],
    ["3782 822463 10005", null],
    ["6205500000000000004", null],
  ])("number %j: %s", (number, code) => {
    expect(validate.validateNumber(number)).toBe(code);
  });

  it.each([
    ["12 / 3", "incomplete_expiry"],
    ["13 / 30", "invalid_expiry_month"],
    ["00 / 30", "invalid_expiry_month"],
    ["12 / 25", "invalid_expiry_year_past"],
    ["10 / 26", "invalid_expiry_month_past"],
    ["11 / 26", null],
    ["01 / 27", null],
    ["12 / 77", "invalid_expiry_year"],
  ])("expiry %j: %s", (expiry, code) => {
    expect(validate.validateExpiry(expiry, today)).toBe(code);
  });

  it("wants four digits of American Express", () => {
    expect(validate.validateCvc("123", "3782822")).toBe("incomplete_cvc");
    expect(validate.validateCvc("1234", "3782822")).toBeNull();
    expect(validate.validateCvc("123", "4242")).toBeNull();
  });

  it("asks the postal code only where it is checked", () => {
    expect(validate.validatePostalCode("1234", "US")).toBe("incomplete_zip");
    expect(validate.validatePostalCode("1234a", "US")).toBe("invalid_zip");
    expect(validate.validatePostalCode("10001", "US")).toBeNull();
    expect(validate.validatePostalCode("SW1A 1AA", "GB")).toBeNull();
    expect(validate.validatePostalCode("", "DE")).toBeNull();
    expect(validate.asksPostalCode("DE")).toBe(false);
  });

  it("checks bank accounts", () => {
    expect(validate.validateRoutingNumber("11000000")).toBe("incomplete_routing_number");
    expect(validate.validateRoutingNumber("110000001")).toBe("invalid_routing_number");
    expect(validate.validateRoutingNumber("110000000")).toBeNull();
    expect(validate.validateAccountNumber("000")).toBe("incomplete_account_number");
    expect(validate.validateAccountNumber("1".repeat(18))).toBe("invalid_account_number");
    expect(validate.validateAccountNumber("000123456789")).toBeNull();
    expect(validate.validateEmail("olivia@acme")).toBe("invalid_email");
    expect(validate.validateEmail("olivia@acme.test")).toBeNull();
    expect(validate.validateName("  ")).toBe("incomplete_name");
  });
});
