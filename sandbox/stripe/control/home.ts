import type { Answer } from "../http/answer";
import { capabilities } from "./capabilities";

const LINKS = ["capabilities", "requests", "deliveries", "faults", "clock"];

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** `GET /`: says what this is, so that nobody takes it for Stripe. */
export function homePage(): Answer {
  const { apiVersion, knownDifferences, routes } = capabilities();
  const links = LINKS.map((name) => `<li><a href="/_sandbox/${name}">/_sandbox/${name}</a></li>`).join("");
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Stripe stand-in</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}code{font-size:.9em}</style></head>
<body><main><h1>This is not Stripe</h1>
<p>It is a stand-in that speaks Stripe's API (version <code>${apiVersion}</code>, ${routes.length} addresses) on this machine only. No money moves, and live keys are refused.</p>
<ul>${links}</ul><h2>Known differences</h2><ul>${knownDifferences.map((line) => `<li>${escaped(line)}</li>`).join("")}</ul></main></body></html>`;
  return { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body };
}
