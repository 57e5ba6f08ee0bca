import { createServer, type Server, type ServerResponse } from "node:http";
import { mailboxPage } from "./page";
import type { MailStore } from "./store";

/** The mailbox over HTTP: a page for people and `/api/messages` for programs. */
export function createMailHttp(store: MailStore): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://mail");
    const call = `${request.method} ${url.pathname}`;
    if (call === "GET /") return html(response, mailboxPage(store.list()));
    if (call === "GET /health") return json(response, { ok: true });
    if (call === "GET /api/count") return json(response, { count: store.list().length });
    if (call === "GET /api/messages") return json(response, store.list(url.searchParams.get("to") ?? undefined));
    if (call === "DELETE /api/messages") {
      store.clear();
      return response.writeHead(204).end();
    }
    if (call === "POST /empty") {
      store.clear();
      return response.writeHead(303, { location: "/" }).end();
    }
    const [, ofMail = "", place] = /^GET \/messages\/([\w-]+)\/attachments\/(\d+)$/.exec(call) ?? [];
    if (place !== undefined) return attachment(response, store, ofMail, Number(place));
    const [, id = "", raw] = /^GET \/messages\/([\w-]+)(\/html)?$/.exec(call) ?? [];
    const mail = store.find(id);
    if (!mail) return json(response, { error: "not found" }, 404);
    // Links in a mail leave the frame; scripts in it never run.
    if (raw)
      return html(response, `<base target="_blank">${mail.html ?? ""}`, {
        "content-security-policy": "script-src 'none'",
      });
    return html(response, mailboxPage(store.list(), mail));
  });
}

function attachment(response: ServerResponse, store: MailStore, id: string, place: number): void {
  const mail = store.find(id);
  const content = mail && store.attachment(mail, place);
  const { name = "", type = "" } = mail?.attachments[place] ?? {};
  if (!content) {
    json(response, { error: "not found" }, 404);
    return;
  }
  // Shown only where it cannot run anything: everything but a PDF is saved.
  const shown = type === "application/pdf" ? "inline" : "attachment";
  response
    .writeHead(200, {
      "content-type": type,
      "content-disposition": `${shown}; filename*=UTF-8''${encodeURIComponent(name)}`,
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    })
    .end(content);
}

function html(response: ServerResponse, body: string, headers: Record<string, string> = {}): void {
  response
    .writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", ...headers })
    .end(body);
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response
    .writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
    .end(JSON.stringify(body));
}
