import type { Mail } from "./store";
import { style } from "./style";

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const encode = (text: string) => text.replace(/[&<>"']/g, (character) => escapes[character] as string);
const readable = (at: string) => `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;

/** The mailbox as a page. @param mails newest last @param open the mail that is being read */
export function mailboxPage(mails: Mail[], open?: Mail): string {
  const title = open ? encode(open.subject) : "Sandbox mailbox";
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Sandbox mailbox</title><link rel="icon" href="data:,"><style>${style}</style></head>
<body class="${open ? "reading" : "listing"}">
<header><h1><a href="/">Sandbox mailbox</a></h1>
<p>Mails that Evenkeel sent here. None of them left this machine.</p>
<form method="post" action="/empty"><button>Empty the mailbox</button></form></header>
<div class="panes"><nav aria-label="Mails">${list(mails, open)}</nav><main>${open ? reading(open) : hint(mails)}</main></div>
<script>
  const shown = ${mails.length};
  setInterval(async () => {
    if (document.hidden) return;
    const answer = await fetch("/api/count").catch(() => null);
    if (answer?.ok && (await answer.json()).count !== shown) location.reload();
  }, 2000);
</script>
</body></html>`;
}

function list(mails: Mail[], open?: Mail): string {
  if (mails.length === 0) return `<p class="empty">No mail yet.</p>`;
  const items = mails.toReversed().map(
    (mail) => `<li><a href="/messages/${mail.id}"${mail.id === open?.id ? ' aria-current="page"' : ""}>
<strong>${encode(mail.subject || "(no subject)")}</strong><span>to ${encode(mail.to)}</span>
<time datetime="${mail.at}">${readable(mail.at)}</time></a></li>`,
  );
  return `<ol>${items.join("")}</ol>`;
}

const hint = (mails: Mail[]) => `<p class="empty">${mails.length > 0 ? "Choose a mail to read it." : ""}</p>`;

function attached(mail: Mail): string {
  if (mail.attachments.length === 0) return "";
  const links = mail.attachments.map(
    ({ name, bytes }, place) =>
      `<a href="/messages/${mail.id}/attachments/${place}" target="_blank">${encode(name)}</a> (${Math.ceil(bytes / 1024)} KB)`,
  );
  return `<dt>Attached</dt><dd>${links.join(", ")}</dd>`;
}

function reading(mail: Mail): string {
  const body = mail.html
    ? `<iframe title="The mail as it was sent" src="/messages/${mail.id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
<details><summary>Plain text</summary><pre tabindex="0">${encode(mail.text)}</pre></details>`
    : `<pre tabindex="0">${encode(mail.text)}</pre>`;
  return `<article><p class="back"><a href="/">All mails</a></p><h2>${encode(mail.subject)}</h2>
<dl><dt>From</dt><dd>${encode(mail.from)}</dd><dt>To</dt><dd>${encode(mail.to)}</dd><dt>Sent</dt><dd>${readable(mail.at)}</dd>${attached(mail)}</dl>${body}</article>`;
}
