/** What pages of payments look like. */
const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { display: grid; place-items: center; min-height: 100vh; margin: 0; padding: 16px; box-sizing: border-box; }
  form, main, body > a { display: grid; gap: 12px; width: min(360px, 100%); box-sizing: border-box; }
  h1, h2 { font-size: 20px; margin: 0; }
  p { margin: 0; opacity: 0.75; }
  a, button { display: grid; text-align: start; gap: 2px; padding: 12px 16px; font: inherit; border-radius: 8px;
    border: 1px solid color-mix(in srgb, currentColor 25%, transparent); background: transparent;
    color: inherit; text-decoration: none; cursor: pointer; }
  small { opacity: 0.75; }
  form + form, form + a { margin-block-start: 40px; }
  label { display: grid; gap: 4px; }
  input { font: inherit; padding: 8px 12px; border-radius: 8px; min-width: 0;
    border: 1px solid color-mix(in srgb, currentColor 25%, transparent); background: transparent; color: inherit; }
  code { overflow-wrap: anywhere; }
`;

/**
 * Where a payment ends for whoever made it.
 * @param said what became of it
 * @param returnUrl the host's page, to which it leads back; null where none is known, and the page can only be closed
 */
export function endPage(said: string, returnUrl: string | null): Response {
  const way = returnUrl === null ? '<p>You can close this page.</p>' : wayBack(returnUrl);
  return paymentPage(said, `<main><h1>${escapeHtml(said)}</h1>${way}</main>`);
}

/** The link to the host's page. */
export function wayBack(returnUrl: string): string {
  return `<a href="${escapeHtml(returnUrl)}">Back to billing</a>`;
}

/** A page of the payment provider's, which loads nothing and cannot be framed. @param body HTML */
export function paymentPage(title: string, body: string, status = 200): Response {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style><body>${body}</body></html>`;
  return new Response(html, {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
  });
}

/** A text as a piece of HTML, or as the value of an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
