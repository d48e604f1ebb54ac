import { sandboxCards } from './sandbox-cards.ts';

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { display: grid; place-items: center; min-height: 100vh; margin: 0; padding: 16px; box-sizing: border-box; }
  form { display: grid; gap: 12px; width: min(360px, 100%); }
  h1, h2 { font-size: 20px; margin: 0; }
  p { margin: 0; opacity: 0.75; }
  button { display: grid; text-align: start; gap: 2px; padding: 12px 16px; font: inherit; border-radius: 8px;
    border: 1px solid color-mix(in srgb, currentColor 25%, transparent); background: transparent; cursor: pointer; }
  small { opacity: 0.75; }
  form + form { margin-block-start: 40px; }
  label { display: grid; gap: 4px; }
  input { font: inherit; padding: 8px 12px; border-radius: 8px; min-width: 0;
    border: 1px solid color-mix(in srgb, currentColor 25%, transparent); background: transparent; color: inherit; }
  code { overflow-wrap: anywhere; }
`;

/** What can become of a charge after it was paid, as on the provider's own pages and at the payer's bank, by what the button says. */
export const sandboxReturns = {
  refund: 'Refund it',
  dispute: 'Dispute it at the bank',
  won: 'End the dispute: the seller keeps the money',
  lost: 'End the dispute: the payer gets the money',
} as const;

export type SandboxReturn = keyof typeof sandboxReturns;

export function isSandboxReturn(what: unknown): what is SandboxReturn {
  return typeof what === 'string' && Object.hasOwn(sandboxReturns, what);
}

/** The sandbox's portal: the cards, and what becomes of a charge. */
export function portalPage(accountId: string, status = 200): Response {
  const buttons = Object.entries(sandboxReturns).map(
    ([what, words]) => `<button name="return" value="${what}">${words}</button>`,
  );
  const charges = `<form method="post"><h2>A charge that was paid</h2><label>Its id, as <code>GET /v1/accounts/${escapeHtml(accountId)}/charges</code> tells it<input name="charge" required></label><label>Amount of a refund; all that is left by default<input name="amount" inputmode="decimal" pattern="[0-9]+(\\.[0-9]+)?"></label>${buttons.join('')}</form>`;
  return methodPage(accountId, status, charges);
}

/** The page on which one of the sandbox's cards is chosen. */
export function methodPage(accountId: string, status = 200, after = ''): Response {
  const buttons = Object.entries(sandboxCards).map(
    ([card, { brand, lastFour, words }]) =>
      `<button name="card" value="${card}"><span>${brand} ending in ${lastFour}</span><small>${words}</small></button>`,
  );
  return page(
    'Choose a test card',
    `<form method="post"><h1>Choose a test card</h1><p>For ${escapeHtml(accountId)}. This is the sandbox: no money is moved.</p>${buttons.join('')}</form>${after}`,
    status,
  );
}

/** The page on which a payment is confirmed, as a bank would ask for it. */
export function confirmPage(): Response {
  return page(
    'Confirm the payment',
    '<form method="post"><h1>Confirm the payment</h1><p>This is the sandbox: no money is moved.</p><button>Confirm</button><button name="answer" value="refuse">Refuse</button></form>',
  );
}

/** For an address that the sandbox did not make, or that is too old. */
export function notFoundPage(): Response {
  return page('Not found', '<p>This page is not there any more. Go back and start again.</p>', 404);
}

function page(title: string, body: string, status = 200): Response {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style><body>${body}</body></html>`;
  return new Response(html, {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
  });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
