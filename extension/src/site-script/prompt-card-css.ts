/** The card's sheet. Pixels only: `rem` and `em` would follow the page's own font size. */
export const promptCardCss = `
.card {
  --ground: #ffffff;
  --line: #e2e5ea;
  --text: #15181e;
  --muted: #5a6270;
  --accent: #2a5bd7;
  --on-accent: #ffffff;
  --edge: #dc3038;
  --raised: #f1f3f6;
  position: fixed;
  box-sizing: border-box;
  inline-size: 320px;
  max-inline-size: calc(100vw - 32px);
  max-block-size: calc(100vh - 32px);
  overflow: auto;
  padding: 16px;
  border: 1px solid var(--line);
  border-radius: 10px;
  background: var(--ground);
  color: var(--text);
  box-shadow: 0 1px 2px rgb(0 0 0 / 6%), 0 8px 24px rgb(0 0 0 / 12%);
  font: 450 13.5px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  text-align: start;
  pointer-events: auto;
  user-select: none;
  animation: appear 180ms cubic-bezier(0.2, 0, 0, 1);
}
.card[data-corner='none'] { visibility: hidden; animation: none; }
.card[data-corner^='bottom'] { inset-block-end: 16px; }
.card[data-corner^='top'] { inset-block-start: 16px; }
.card[data-corner$='end'] { inset-inline-end: 16px; }
.card[data-corner$='start'] { inset-inline-start: 16px; }
.source {
  display: flex;
  align-items: center;
  gap: 6px;
  margin: 0 0 4px;
  color: var(--muted);
  font-size: 12px;
  line-height: 16px;
}
.source::before {
  content: '';
  inline-size: 8px;
  block-size: 8px;
  border-radius: 50%;
  background: var(--edge);
}
h2 { margin: 0; font-size: 16px; font-weight: 600; line-height: 24px; overflow-wrap: anywhere; }
.body { margin: 4px 0 0; color: var(--muted); text-wrap: pretty; overflow-wrap: anywhere; }
[data-words]::before { content: attr(data-words); }
.buttons { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 8px; margin-block-start: 16px; }
button {
  box-sizing: border-box;
  min-block-size: 32px;
  padding: 0 12px;
  border: 1px solid var(--line);
  border-radius: 6px;
  background: var(--ground);
  color: var(--text);
  font: inherit;
  font-weight: 500;
  cursor: pointer;
  transition: background-color 120ms;
}
button:hover { background: var(--raised); }
button.quiet { border-color: transparent; color: var(--muted); }
button.primary { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
button.primary:hover { background: color-mix(in oklab, var(--accent) 88%, black); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.status { position: fixed; inline-size: 1px; block-size: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }
@keyframes appear { from { opacity: 0; translate: 0 8px; } }
@media (prefers-color-scheme: dark) {
  .card {
    --ground: #1b1e24;
    --line: #343944;
    --text: #edeff3;
    --muted: #a6aebc;
    --accent: #8fb1ff;
    --on-accent: #0d1526;
    --edge: #f7656b;
    --raised: #262a32;
    box-shadow: 0 8px 24px rgb(0 0 0 / 40%);
  }
  button.primary:hover { background: color-mix(in oklab, var(--accent) 88%, white); }
}
@media (prefers-reduced-motion: reduce) { .card { animation: none; } button { transition: none; } }
@media (forced-colors: active) { .source::before { forced-color-adjust: none; background: CanvasText; } }
@media print { .card { display: none; } }
`;
