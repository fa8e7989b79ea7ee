/** The look of every page; it follows the system's choice of light or dark. */
export const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif;
    --accent: #1f5f9f; --late: #b3261e; --line: color-mix(in srgb, currentColor 18%, transparent); }
  @media (prefers-color-scheme: dark) { :root { --accent: #8cc0f5; --late: #ff9d94; } }
  body { margin: 0; background: Canvas; color: CanvasText; }
  main { max-width: 72rem; margin: 0 auto; padding: 1.5rem; }
  main > :not(table, .wide) { max-width: 52rem; }
  a { color: var(--accent); }
  h1 { font-size: 1.5rem; line-height: 1.25; margin-top: 0; } h2 { font-size: 1.15rem; margin-top: 2rem; }
  blockquote { margin: 1rem 0; padding: .75rem 1rem; border-left: 4px solid #2f6fb3;
    background: color-mix(in srgb, #2f6fb3 8%, transparent); white-space: pre-wrap;
    overflow-wrap: anywhere; }
  table { width: 100%; border-collapse: collapse; } td, th { text-align: left; padding: .4rem .6rem;
    border-bottom: 1px solid var(--line); vertical-align: top; }
  td.time { white-space: nowrap; }
  .late { color: var(--late); font-weight: 600; } .muted { opacity: .75; }
  img { max-width: 12rem; margin-right: .5rem; border-radius: 6px; }
  textarea { width: 100%; box-sizing: border-box; font: inherit; min-height: 5rem; }
  button { font: inherit; padding: .5rem 1rem; cursor: pointer; }
  header { border-bottom: 1px solid var(--line); }
  .bar { display: flex; flex-wrap: wrap; align-items: center; gap: .1rem 1.25rem; max-width: 72rem;
    margin: 0 auto; padding: .6rem 1.5rem .4rem; }
  .brand { font-weight: 700; font-size: 1.15rem; color: inherit; text-decoration: none; }
  nav { display: flex; flex-wrap: wrap; gap: .1rem 1rem; }
  .bar nav { order: 1; flex-basis: 100%; }
  nav a { padding: .25rem 0; text-decoration: none; }
  nav a[aria-current] { color: inherit; box-shadow: inset 0 -2px var(--accent); }
  .person { display: flex; flex: 1; align-items: center; justify-content: flex-end; gap: .75rem; min-width: 0; }
  .person .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .person button { padding: .2rem .7rem; }
  .skip { position: absolute; left: -100vw; } .skip:focus { left: 1rem; top: 1rem; padding: .5rem;
    background: Canvas; z-index: 1; }
  .fields { max-width: 22rem; } .fields label { display: block; margin: 1rem 0; }
  .fields input:not([type=hidden]) { display: block; width: 100%; box-sizing: border-box;
    font: inherit; padding: .5rem; margin-top: .25rem; }
  .primary { display: inline-block; background: var(--accent); color: Canvas; border: 0;
    border-radius: 6px; padding: .6rem 1.25rem; text-decoration: none; }
  .refusal { border-left: 4px solid var(--late); padding: .5rem 1rem;
    background: color-mix(in srgb, var(--late) 8%, transparent); }
  .notice { border-left: 4px solid var(--accent); padding: .5rem 1rem;
    background: color-mix(in srgb, var(--accent) 8%, transparent); }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  @media (max-width: 40rem) { main, .bar { padding-left: 1rem; padding-right: 1rem; }
    .stacks tr { display: block; border-bottom: 1px solid var(--line); padding: .5rem 0; }
    .stacks td { display: block; border: 0; padding: .1rem 0; white-space: normal; }
    .stacks thead { display: none; }
    .stacks td[data-name]::before { content: attr(data-name) ': '; } }
  @media print { form, header, .skip { display: none; } }
`;
