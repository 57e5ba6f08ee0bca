import { styles } from "../bundle";
import { type Html, html, raw } from "../html";
import type { Language } from "../text";
import type { PageText } from "./text";

/** The frame of every hosted page: a heading, a body, and a line that says this is not Stripe. */
export async function layout(options: {
  language: Language;
  text: PageText;
  title: string;
  body: Html;
  /** Fills a small frame instead of a window. */
  compact?: boolean;
}): Promise<Html> {
  const { language, text, title, body, compact } = options;
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
<body class="${compact ? "compact" : "full"}">
${body}
<footer><b class="badge">${text.testMode}</b> ${text.standin}</footer>
</body>
</html>`;
}
