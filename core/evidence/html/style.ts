/** The page's style: light and dark as the system wants it, and on paper always light. No rule loads anything. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #161616; --quiet: #525252; --paper: #ffffff; --band: #f2f4f8; --rule: #c6c6c6; --accent: #0f4c81; --good: #0e6027; --good-band: #eaf6ec; --caution: #7a4b00; --caution-band: #fdf3df; --bad: #a2191f; --bad-band: #fdecec; --mark: rgba(162, 25, 31, 0.16); }
@media (prefers-color-scheme: dark) { :root { --ink: #f4f4f4; --quiet: #b5bac1; --paper: #15181c; --band: #20252b; --rule: #4a5058; --accent: #8ec5ff; --good: #7fd894; --good-band: #12301a; --caution: #f1c21b; --caution-band: #332703; --bad: #ff9a9f; --bad-band: #3a1416; --mark: rgba(255, 154, 159, 0.18); } }
@media print { :root { --ink: #161616; --quiet: #525252; --paper: #ffffff; --band: #f2f4f8; --rule: #c6c6c6; --accent: #0f4c81; --good: #0e6027; --good-band: #eaf6ec; --caution: #7a4b00; --caution-band: #fdf3df; --bad: #a2191f; --bad-band: #fdecec; --mark: rgba(162, 25, 31, 0.16); } nav, .skip { display: none; } main { max-width: none; padding: 0; } thead { display: table-header-group; } tr, .code div { break-inside: avoid; } h1, h2, h3 { break-after: avoid; } .scroll { overflow: visible; } .code { white-space: pre-wrap; overflow-wrap: anywhere; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 "IBM Plex Sans", system-ui, sans-serif; }
.skip { position: absolute; left: -999em; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: 0.5rem 1rem; z-index: 3; }
.page { display: grid; grid-template-columns: 17rem minmax(0, 1fr); }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; padding: 1.5rem 1rem; border-right: 1px solid var(--rule); font-size: 0.9rem; }
nav ol { list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: 0.25rem 0.5rem; color: var(--accent); text-decoration: none; }
nav a:hover, nav a:focus { text-decoration: underline; }
main { padding: 1.5rem 2rem 4rem; max-width: 76rem; min-width: 0; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.3rem; color: var(--accent); border-bottom: 1px solid var(--accent); padding-bottom: 0.2rem; margin: 2.5rem 0 1rem; scroll-margin-top: 1rem; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 0.5rem; }
p { margin: 0.5rem 0; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); font-size: 0.92rem; }
.banner { display: flex; gap: 1rem; align-items: center; border: 2px solid; padding: 0.8rem 1.2rem; margin: 1rem 0; }
.banner strong { font-size: 1.35rem; }
.banner .sign { font-size: 2rem; line-height: 1; }
.ship_ready { color: var(--good); background: var(--good-band); }
.needs_approval { color: var(--caution); background: var(--caution-band); }
.blocked { color: var(--bad); background: var(--bad-band); }
.banner span:last-child { color: var(--ink); display: block; }
.scroll { overflow-x: auto; margin: 0.6rem 0 1rem; }
.scroll:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.6rem; border-bottom: 1px solid var(--rule); overflow-wrap: anywhere; }
thead th { color: var(--quiet); background: var(--band); white-space: nowrap; }
tbody th { font-weight: 400; color: var(--quiet); width: 26%; }
.right { text-align: right; }
.mono, .code { font-family: "IBM Plex Mono", ui-monospace, monospace; font-size: 0.86em; }
.bold { font-weight: 700; }
.passed { color: var(--good); }
.failed { color: var(--bad); }
.open, .skipped { color: var(--quiet); }
.lines { white-space: pre-line; }
.code { border: 1px solid var(--rule); padding: 0.4rem 0; overflow-x: auto; }
.code div { white-space: pre; padding: 0 0.8rem; min-width: max-content; }
.code .gutter { color: var(--quiet); user-select: none; padding-right: 1em; }
.added { background: var(--good-band); }
.removed { background: var(--bad-band); }
.hunk { background: var(--band); }
.unverified { position: fixed; inset: 0; pointer-events: none; display: grid; place-items: center; z-index: 2; color: var(--mark); font-size: 13vw; font-weight: 700; transform: rotate(-30deg); }
.notice { position: sticky; top: 0; z-index: 2; background: var(--bad-band); color: var(--bad); border-bottom: 2px solid; padding: 0.6rem 2rem; font-weight: 700; }
@media (max-width: 60rem) { .page { display: block; } nav { position: static; max-height: none; border-right: 0; border-bottom: 1px solid var(--rule); } main { padding: 1rem; } }
`;
