import { describe, expect, it } from "vitest";
import { beside } from "./beside";

const view = { width: 400, height: 800 };
const menu = { width: 200, height: 300 };
const button = (top: number, left = 150) => ({ top, bottom: top + 40, left, right: left + 100 });

describe("what opens beside a button", () => {
  it("stands on the side that is wished", () => {
    expect(beside(button(400), menu, view, { side: "bottom", align: "start" })).toMatchObject({ top: 446, left: 150 });
    expect(beside(button(400), menu, view, { side: "top", align: "start" })).toMatchObject({ top: 94, left: 150 });
  });
  it("goes to the other side where it does not fit", () => {
    expect(beside(button(740), menu, view, { side: "bottom", align: "start" })).toMatchObject({
      top: 434,
      height: 300,
    });
  });
  it("is made lower where it fits on neither side", () => {
    const tall = { width: 200, height: 900 };
    expect(beside(button(500), tall, view, { side: "bottom", align: "start" })).toMatchObject({ top: 8, height: 486 });
  });
  it("ends where the button ends, and stays in the window", () => {
    expect(beside(button(0, 200), menu, view, { side: "bottom", align: "end" }).left).toBe(100);
    expect(beside(button(0, 0), menu, view, { side: "bottom", align: "end" }).left).toBe(8);
    expect(beside(button(0, 300), menu, view, { side: "bottom", align: "start" }).left).toBe(192);
  });
});
