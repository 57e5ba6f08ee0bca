import { expect, test } from "vitest";
import { functions } from "@/inngest";
import { readRegistration } from "./config";

test("every function of the app can be honoured here", () => {
  const baseUrl = new URL("http://127.0.0.1:3010/api/inngest");
  // biome-ignore lint/complexity/useLiteralKeys: private to the SDK, and what it registers is made by it
  const configs = functions.flatMap((fn) => fn["getConfig"]({ baseUrl, appPrefix: "evenkeel" }));
  const body: unknown = JSON.parse(JSON.stringify({ appName: "evenkeel", functions: configs }));
  const read = readRegistration(body);
  expect(read).not.toHaveProperty("error");
  expect("functions" in read && read.functions.map((fn) => fn.id)).toEqual(configs.map((config) => config.id));
});
