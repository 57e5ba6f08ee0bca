import { now } from "@/lib/clock";
import type { BrowserAnswer } from "../../browser-api";
import { page } from "../answers";
import { styles } from "../bundle";
import { html, raw } from "../html";

/** The document inside the card frame. It carries the month it is, because the sandbox's clock may have been moved. */
export async function paymentFrame(): Promise<BrowserAnswer> {
  const css = raw(await styles("./frame/frame.css"));
  const document = html`<!doctype html>
<html lang="en" data-month="${now().toISOString().slice(0, 7)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Payment details (stand-in for Stripe)</title>
<style>${css}</style>
<script src="/js/endive/payment-frame.js" defer></script>
</head>
<body></body>
</html>`;
  return page(document, { script: true, framed: true, fonts: true });
}
