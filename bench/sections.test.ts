import { expect, test } from "vitest";
import { partsOf } from "./sections";

test("sections are told apart by their headings, and nothing is lost", () => {
  const text = "# Benchmarks\n\na table\n\n## As it grows\n\na chart\n\n### no section\n\n## Pages\n\nkB\n";
  const { head, sections } = partsOf(text);
  expect(head).toBe("# Benchmarks\n\na table\n\n");
  expect([...sections.keys()]).toEqual(["As it grows", "Pages"]);
  expect(head + [...sections.values()].join("")).toBe(text);
});
