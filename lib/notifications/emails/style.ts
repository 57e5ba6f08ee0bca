import type { CSSProperties } from "react";

// Mail programs know no variables and few style sheets: the app's colours, written out (app/globals.css).
const ink = "#0c222d";
const inkSoft = "#3d5662";
const keel = "#0b6b70";
const line = "#d8e1e3";

const sans =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif';

export const style = {
  page: { backgroundColor: "#f4f7f7", color: ink, fontFamily: sans, margin: 0, padding: "32px 12px" },
  card: {
    backgroundColor: "#ffffff",
    border: `1px solid ${line}`,
    borderTop: `4px solid ${keel}`,
    borderRadius: 12,
    maxWidth: 560,
    padding: "28px 32px",
  },
  brand: { color: keel, fontSize: 17, fontWeight: 600, letterSpacing: "-0.01em", lineHeight: "24px", margin: 0 },
  heading: {
    color: ink,
    fontSize: 24,
    fontWeight: 600,
    letterSpacing: "-0.02em",
    lineHeight: "32px",
    margin: "20px 0 12px",
  },
  text: { color: ink, fontSize: 15, lineHeight: "24px", margin: "0 0 12px" },
  facts: { borderTop: `1px solid ${line}`, margin: "20px 0", width: "100%" },
  label: {
    borderBottom: `1px solid ${line}`,
    color: inkSoft,
    fontSize: 14,
    lineHeight: "20px",
    padding: "10px 12px 10px 0",
    textAlign: "left",
    verticalAlign: "top",
  },
  value: {
    borderBottom: `1px solid ${line}`,
    color: ink,
    fontSize: 14,
    fontVariantNumeric: "tabular-nums",
    lineHeight: "20px",
    padding: "10px 0",
    textAlign: "right",
    verticalAlign: "top",
  },
  strong: { fontWeight: 600, color: ink },
  button: {
    backgroundColor: keel,
    borderRadius: 8,
    color: "#ffffff",
    display: "inline-block",
    fontSize: 15,
    fontWeight: 600,
    lineHeight: "20px",
    padding: "12px 20px",
    textDecoration: "none",
  },
  small: { color: inkSoft, fontSize: 13, lineHeight: "20px", margin: "16px 0 0" },
  link: { color: keel, wordBreak: "break-all" },
  footer: { margin: "0 auto", maxWidth: 560, padding: "8px 32px" },
} as const satisfies Record<string, CSSProperties>;
