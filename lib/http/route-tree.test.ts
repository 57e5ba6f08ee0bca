import { expect, test } from "vitest";
import { routeTree } from "./route-tree";

const find = routeTree(
  ["/methods", "/methods/{id}", "/methods/portal", "/methods/{id}/default", "/export/{format}", "/a/{x}/b/{y}"].map(
    (path) => [path, path],
  ),
);
const at = (path: string) => find(path.split("/").slice(1));

test.each([
  ["/methods", "/methods", {}],
  ["/methods/pm_1", "/methods/{id}", { id: "pm_1" }],
  ["/methods/portal", "/methods/portal", {}],
  ["/methods/pm_1/default", "/methods/{id}/default", { id: "pm_1" }],
  ["/methods/portal/default", "/methods/{id}/default", { id: "portal" }],
  ["/export/csv", "/export/{format}", { format: "csv" }],
  ["/a/1/b/2", "/a/{x}/b/{y}", { x: "1", y: "2" }],
])("%s is %s", (path, value, params) => {
  expect(at(path)).toEqual({ value, params });
});

test.each(["", "/", "/methods/", "/method", "/methods/pm_1/other", "/methods/pm_1/default/more", "/a/1/b"])(
  "%s is nothing",
  (path) => {
    expect(at(path)).toBeNull();
  },
);
