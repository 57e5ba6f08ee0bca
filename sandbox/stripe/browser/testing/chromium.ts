import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "@playwright/test";
import { build } from "esbuild";
import { ensureBrowser } from "@/scripts/find-browser";

/** A real browser, without its sandbox where we are root. */
export function startChromium(): Promise<Browser> {
  const asRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: ensureBrowser(),
    args: ["--disable-dev-shm-usage", ...(asRoot ? ["--no-sandbox"] : [])],
  });
}

async function merchantScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("./merchant.tsx", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"development"' },
  });
  return outputFiles[0]?.text ?? "";
}

export interface MerchantSite {
  url: string;
  close(): Promise<void>;
}

/** Serves the merchant's page on an origin of its own, with the stand-in's script in front of the real packages. */
export async function serveMerchant(stripeUrl: string, style = ""): Promise<MerchantSite> {
  const bundle = await merchantScript();
  const document = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Merchant</title><link rel="icon" href="data:,"><style>body{margin:0;padding:24px;font-family:sans-serif}${style}</style>
<script src="${stripeUrl}/js/endive/stripe.js"></script><body><script src="/merchant.js"></script></body></html>`;
  const server = createServer((request, response) => {
    const isScript = request.url === "/merchant.js";
    response
      .writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html; charset=utf-8" })
      .end(isScript ? bundle : document);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Opens a page and collects what it complains about. */
export async function openPage(
  browser: Browser,
  url: string,
  options: Parameters<Browser["newPage"]>[0] = {},
): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width: 640, height: 800 }, locale: "en-US", ...options });
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(url);
  return { page, complaints };
}
