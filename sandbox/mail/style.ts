/** The mailbox page's own style: system fonts, light and dark, one column on a phone and two on a wide screen. */
export const style = `
:root { color-scheme: light dark; --bg: #f7f7f5; --panel: #fff; --line: #e3e2dd; --ink: #1d1f1e; --soft: #5e625f; --accent: #0b6b58; --pick: #e8f2ef; }
@media (prefers-color-scheme: dark) { :root { --bg: #121413; --panel: #1a1d1c; --line: #2d3230; --ink: #eceeed; --soft: #a3aaa7; --accent: #5cc5ac; --pick: #1f2f2b; } }
* { box-sizing: border-box; margin: 0; }
body { background: var(--bg); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; min-height: 100vh; display: flex; flex-direction: column; }
header { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; padding: 16px 20px; border-bottom: 1px solid var(--line); }
h1 { font-size: 17px; } h1 a { color: inherit; text-decoration: none; }
header p { color: var(--soft); font-size: 13px; flex: 1; min-width: 15em; }
button { font: inherit; font-size: 13px; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: 6px; padding: 4px 10px; cursor: pointer; }
a:focus-visible, button:focus-visible, iframe:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.panes { flex: 1; display: grid; }
ol { list-style: none; padding: 0; }
li a { display: grid; grid-template-columns: 1fr auto; gap: 0 12px; padding: 12px 20px; color: inherit; text-decoration: none; border-bottom: 1px solid var(--line); background: var(--panel); }
li a:hover, li a[aria-current] { background: var(--pick); }
li strong { grid-column: 1 / -1; font-weight: 600; overflow-wrap: anywhere; }
li span, li time { color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
.empty { color: var(--soft); padding: 48px 20px; text-align: center; }
main { min-width: 0; }
article { padding: 20px; display: flex; flex-direction: column; gap: 16px; height: 100%; }
h2 { font-size: 20px; line-height: 1.3; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; font-size: 14px; } dt { color: var(--soft); } dd { overflow-wrap: anywhere; }
iframe { width: 100%; flex: 1; min-height: 60vh; border: 1px solid var(--line); border-radius: 8px; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, monospace; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 12px; }
@media (min-width: 900px) {
  .panes { grid-template-columns: minmax(300px, 380px) 1fr; }
  nav { border-right: 1px solid var(--line); overflow-y: auto; max-height: calc(100vh - 62px); }
  .back { display: none; }
}
@media (max-width: 899px) { .reading nav, .listing main { display: none; } }
`;
