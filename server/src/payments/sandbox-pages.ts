import { endPage, escapeHtml, paymentPage, wayBack } from './payment-page.ts';
import { sandboxCards } from './sandbox-cards.ts';

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

/** Whose page it is, and where it leads back to. */
interface PageSubject {
  readonly accountId: string;
  readonly returnUrl: string;
}

/** The sandbox's portal: the cards, and what becomes of a charge. */
export function portalPage(of: PageSubject, status = 200): Response {
  const buttons = Object.entries(sandboxReturns).map(
    ([what, words]) => `<button name="return" value="${what}">${words}</button>`,
  );
  const charges = `<form method="post"><h2>A charge that was paid</h2><label>Its id, as <code>GET /v1/accounts/${escapeHtml(of.accountId)}/charges</code> tells it<input name="charge" required></label><label>Amount of a refund; all that is left by default<input name="amount" inputmode="decimal" pattern="[0-9]+(\\.[0-9]+)?"></label>${buttons.join('')}</form>`;
  return methodPage(of, status, charges);
}

/** The page on which one of the sandbox's cards is chosen. */
export function methodPage({ accountId, returnUrl }: PageSubject, status = 200, after = ''): Response {
  const buttons = Object.entries(sandboxCards).map(
    ([card, { brand, lastFour, words }]) =>
      `<button name="card" value="${card}"><span>${brand} ending in ${lastFour}</span><small>${words}</small></button>`,
  );
  return paymentPage(
    'Choose a test card',
    `<form method="post"><h1>Choose a test card</h1><p>For ${escapeHtml(accountId)}. This is the sandbox: no money is moved.</p>${buttons.join('')}</form>${after}${wayBack(returnUrl)}`,
    status,
  );
}

/** The page on which a payment is confirmed, as a bank would ask for it. */
export function confirmPage(): Response {
  return paymentPage(
    'Confirm the payment',
    '<form method="post"><h1>Confirm the payment</h1><p>This is the sandbox: no money is moved.</p><button>Confirm</button><button name="answer" value="refuse">Refuse</button></form>',
  );
}

/** What became of the payment, with the way back. @param returnUrl the host's page; null where none is known */
export function confirmedPage(isRefused: boolean, returnUrl: string | null): Response {
  return endPage(isRefused ? 'The payment is refused' : 'The payment is confirmed', returnUrl);
}

/** For an address that the sandbox did not make, or that is too old. */
export function notFoundPage(): Response {
  return paymentPage('Not found', '<p>This page is not there any more. Go back and start again.</p>', 404);
}
