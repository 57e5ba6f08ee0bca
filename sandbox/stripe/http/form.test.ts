import { expect, test } from "vitest";
import { canonicalForm, decodeForm } from "./form";

test.each([
  ["a=1&b=two", { a: "1", b: "two" }],
  ["a[b][c]=1&a[b][d]=2", { a: { b: { c: "1", d: "2" } } }],
  ["expand[0]=x&expand[1]=y", { expand: ["x", "y"] }],
  ["expand[]=x&expand[]=y", { expand: ["x", "y"] }],
  [
    "items[0][price]=p&items[0][quantity]=2&items[1][price]=q",
    { items: [{ price: "p", quantity: "2" }, { price: "q" }] },
  ],
  ["metadata[order id]=1&metadata[a.b]=", { metadata: { "order id": "1", "a.b": "" } }],
])("%s", (encoded, expected) => {
  const decoded = decodeForm(new URLSearchParams(encoded));
  expect({ ...decoded }).toEqual(expected);
});

test("a name cannot reach into other objects", () => {
  decodeForm(
    new URLSearchParams("__proto__[polluted]=yes&a[__proto__][polluted]=yes&a[constructor][prototype][polluted]=yes"),
  );
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});

test("more than a hundred list members keep their places", () => {
  const form = new URLSearchParams(Array.from({ length: 300 }, (_, at) => [`a[${at}]`, String(at)]));
  expect(decodeForm(form).a).toHaveLength(300);
});

test("the canonical text does not depend on the order", () => {
  const text = (encoded: string) => canonicalForm(decodeForm(new URLSearchParams(encoded)));
  expect(text("a=1&b[c]=2&b[d]=3")).toBe(text("b[d]=3&a=1&b[c]=2"));
  expect(text("a=1")).not.toBe(text("a=2"));
});
