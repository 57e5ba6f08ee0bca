import { describe, expect, test } from "vitest";
import { refuseRepeatedNames } from "./repeated-names";

describe("a name that is given twice", () => {
  const read = (json: string) => () => refuseRepeatedNames(Buffer.from(json), JSON.parse(json));
  test.each([
    ['{"amount":"1","amount":"2"}', "amount"],
    ['{"amount":"1","\\u0061mount":"1"}', "amount"],
    ['{"debits":[{"id":"a"},{"id":"b","amount":"1", "amount" : "2"}]}', "debits.1.amount"],
    ['{"a":{"b":[[],{"c":{},"c":[]}]}}', "a.b.1.c"],
    ['{"a":"\\"a\\":\\\\","é":1,"é":2}', "é"],
    ['{"__proto__":1,"__proto__":2}', "__proto__"],
  ])("%s", (json, path) => {
    const fields = [{ path, message: "is given more than once" }];
    expect(read(json)).toThrow(expect.objectContaining({ code: "invalid_request", options: { fields } }));
  });

  test.each([
    '{"a":{"b":1},"c":{"b":1}}',
    '[{"a":1},{"a":1}]',
    '{"a":"a:b","b":"\\":\\\\"}',
    '{"__proto__":1,"constructor":2,"":3}',
    '"a:b"',
    "{}",
    "null",
  ])("not in %s", (json) => {
    expect(read(json)).not.toThrow();
  });
});

test("the largest body is read through once", () => {
  const json = Buffer.from(`{"a":"${"x\\n".repeat(300_000)}","b":[${"[],".repeat(20_000)}0],"c":1,"c":2}`);
  const value = JSON.parse(json.toString());
  const since = performance.now();
  expect(() => refuseRepeatedNames(json, value)).toThrow("c: is given more than once");
  expect(performance.now() - since).toBeLessThan(5_000);
});
