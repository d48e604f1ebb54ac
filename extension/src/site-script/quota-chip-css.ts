/** The chip's sheet. Pixels only: `rem` and `em` would follow the page's own font size. */
export const quotaChipCss = `
.chip {
  --ground: #ffffff;
  --line: #e2e5ea;
  --text: #15181e;
  --muted: #5a6270;
  --raised: #f1f3f6;
  --focus: #2a5bd7;
  position: fixed;
  box-sizing: border-box;
  display: flex;
  align-items: center;
  gap: 8px;
  inline-size: 264px;
  max-inline-size: calc(100vw - 32px);
  block-size: 32px;
  padding-inline: 12px 4px;
  border: 1px solid var(--line);
  border-radius: 16px;
  background: var(--ground);
  color: var(--text);
  box-shadow: 0 1px 2px rgb(0 0 0 / 6%), 0 2px 8px rgb(0 0 0 / 8%);
  font: 450 12px/16px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  pointer-events: auto;
  user-select: none;
}
.chip[data-corner='none'] { visibility: hidden; }
.chip[data-corner^='bottom'] { inset-block-end: 16px; }
.chip[data-corner^='top'] { inset-block-start: 16px; }
.chip[data-corner$='end'] { inset-inline-end: 16px; }
.chip[data-corner$='start'] { inset-inline-start: 16px; }
.dot { flex: none; inline-size: 8px; block-size: 8px; border-radius: 50%; }
.words { flex: 1; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.words::before { content: attr(data-words); font-variant-numeric: tabular-nums; }
button {
  flex: none;
  position: relative;
  inline-size: 24px;
  block-size: 24px;
  padding: 0;
  border: 0;
  border-radius: 50%;
  background: none;
  color: var(--muted);
  cursor: pointer;
}
button::before, button::after {
  content: '';
  position: absolute;
  inset: 11px 7px;
  border-radius: 1px;
  background: currentColor;
  rotate: 45deg;
}
button::after { rotate: -45deg; }
button:hover { background: var(--raised); color: var(--text); }
button:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
@media (prefers-color-scheme: dark) {
  .chip {
    --ground: #1b1e24;
    --line: #343944;
    --text: #edeff3;
    --muted: #a6aebc;
    --raised: #262a32;
    --focus: #8fb1ff;
    box-shadow: 0 2px 8px rgb(0 0 0 / 40%);
  }
}
@media (forced-colors: active) {
  .dot { forced-color-adjust: none; }
  button::before, button::after { background: ButtonText; }
}
@media print { .chip { display: none; } }
`;
