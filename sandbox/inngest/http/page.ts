import { describe } from "../run/finish";
import type { RunSummary } from "../state/overview";
import type { FunctionDefinition } from "../wire/config";

export interface PageData {
  functions: FunctionDefinition[];
  runs: RunSummary[];
  failures: RunSummary[];
  now: Date;
  appUrl: string;
  appIsUp: boolean;
  refusal: string | null;
}

const STYLE = `
:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 18%,transparent)}
body{font:14px/1.5 system-ui,sans-serif;margin:0 auto;max-width:1100px;padding:1.5rem}
h1{font-size:1.25rem;margin:0}h2{font-size:1rem;margin:2rem 0 .5rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}td:first-child{white-space:nowrap}
code{font-size:12px;overflow-wrap:anywhere}.failed{color:#c2410c;font-weight:600}.running{font-weight:600}.note{opacity:.75}
`;

/** A plain page for a developer: what is registered, what ran, what failed. */
export function renderPage(data: PageData): string {
  const { functions, runs, failures } = data;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="5"><title>Embedded executor</title><style>${STYLE}</style></head><body><main>
<h1>Embedded executor: not the Inngest server</h1>
<p class="note">Runs the functions of <code>${html(data.appUrl)}</code> (${data.appIsUp ? "answering" : "not answering"}) on one machine, for development and tests. Clock: <time>${data.now.toISOString()}</time></p>
${data.refusal ? `<p class="failed" role="alert">${html(data.refusal)}</p>` : ""}
<h2>Failures</h2>${failures.length ? runTable(failures) : "<p>None.</p>"}
<h2>Recent runs</h2>${runs.length ? runTable(runs) : "<p>None yet.</p>"}
<h2>Functions (${functions.length})</h2>${functionTable(functions)}
</main></body></html>`;
}

function runTable(runs: RunSummary[]): string {
  const rows = runs.map(
    (run) => `<tr><td>${run.startedAt.toISOString().slice(0, 19).replace("T", " ")}</td><td>${html(run.function)}</td>
<td class="${run.status}">${run.status}</td><td>${html(run.event)} <code>${shorten(run.data)}</code></td>
<td>${html(run.steps.join(", "))}</td><td>${run.error ? html(describe(run.error)) : `<code>${shorten(run.result)}</code>`}</td></tr>`,
  );
  return table(["Started", "Function", "Status", "Event", "Steps done", "Outcome"], rows);
}

function functionTable(functions: FunctionDefinition[]): string {
  const rows = functions.map((fn) => {
    const triggers = fn.triggers.map((trigger) => trigger.cron ?? trigger.event ?? "").join(", ");
    return `<tr><td>${html(fn.id)}</td><td>${html(triggers)}</td><td>${fn.maxAttempts}</td></tr>`;
  });
  return table(["Function", "Triggers", "Attempts"], rows);
}

function table(heads: string[], rows: string[]): string {
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join("");
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return html(text.length > 160 ? `${text.slice(0, 160)}…` : text);
}

function html(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
