import { styles } from "../bundle";
import { type Html, html, raw } from "../html";
import type { Language } from "../text";
import type { PageText } from "./text";

/** The frame of every hosted page: a heading, a body, and a line that says this is not Stripe. */
export async function layout(options: {
  language: Language;
  text: Pick<PageText, "standin" | "testMode">;
  title: string;
  body: Html;
  /** `compact` fills a small frame, `wide` has room for two columns. */
  look?: "full" | "wide" | "compact";
}): Promise<Html> {
  const { language, text, title, body, look = "full" } = options;
  const css = raw(await styles("./pages/pages.css"));
  return html`<!doctype html>
<html lang="${language === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${css}</style>
</head>
<body class="${look}">
${body}
<footer><b class="badge">${text.testMode}</b> ${text.standin}</footer>
</body>
</html>`;
}
