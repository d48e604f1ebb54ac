import type { PaymentMethod } from '../domain/accounts/state.ts';
import { parseAmount } from '../domain/amounts/amounts.ts';
import type {
  ChargeOrder,
  ChargeResult,
  PaymentProvider,
  PaymentReport,
  ProviderPage,
  ReportPayment,
  SessionOrder,
} from './payment-provider.ts';
import { isSandboxCard, sandboxCards, sandboxSettlingMs } from './sandbox-cards.ts';
import {
  confirmedPage,
  confirmPage,
  isSandboxReturn,
  methodPage,
  notFoundPage,
  portalPage,
} from './sandbox-pages.ts';

/** How long a session's page can be used, in milliseconds: half an hour. */
export const sandboxSessionMs = 1_800_000;

/** Where the pages of the sandbox are, and what signs their tickets. */
export interface SandboxOptions {
  /** Where the server is reached from a browser, without a slash at its end. */
  readonly publicUrl: string;
  /** Signs what the sandbox's addresses carry, so that nobody can make one up. */
  readonly sign: (text: string) => Promise<string>;
}

interface Ticket {
  readonly accountId: string;
  readonly memberId: string | null;
  readonly returnUrl: string;
  readonly expiresAtMs: number;
  /** Of the portal, where a charge can be refunded and disputed as well. */
  readonly isPortal?: true;
}

/**
 * A payment provider that moves no money: its cards succeed, decline or ask to be confirmed. It keeps nothing, so any
 * process answers alike, and is what tests, the demo and the mock pay with.
 */
export function createSandboxProvider({ publicUrl, sign }: SandboxOptions): PaymentProvider {
  const ticketFor = async (content: object) => {
    const text = toBase64Url(JSON.stringify(content));
    return `${text}.${await sign(text)}`;
  };
  const readTicket = async <Content>(ticket: string): Promise<Content | null> => {
    const [text = '', signature = ''] = ticket.split('.');
    return signature !== '' && (await sign(text)) === signature
      ? (JSON.parse(fromBase64Url(text)) as Content)
      : null;
  };

  async function charge(order: ChargeOrder): Promise<ChargeResult> {
    const { paymentMethodId, attempt, orderedAtMs, nowMs } = order;
    if (paymentMethodId === sandboxCards.succeeds.id) return { outcome: 'succeeded' };
    if (paymentMethodId === sandboxCards.succeeds_on_third.id && attempt >= 2)
      return { outcome: 'succeeded' };
    const isBankAccount =
      paymentMethodId === sandboxCards.settles_later.id || paymentMethodId === sandboxCards.comes_back.id;
    if (isBankAccount && nowMs < orderedAtMs + sandboxSettlingMs) return { outcome: 'settling' };
    if (paymentMethodId === sandboxCards.settles_later.id) return { outcome: 'succeeded' };
    if (paymentMethodId === sandboxCards.comes_back.id)
      return { outcome: 'failed', message: 'The bank account could not be debited.' };
    if (paymentMethodId !== sandboxCards.needs_action.id)
      return { outcome: 'failed', message: 'The card was declined.' };
    const ticket = await ticketFor({ accountId: order.accountId, purchaseId: order.id });
    return { outcome: 'needs_action', actionUrl: `${publicUrl}/v1/payments/sandbox/confirm/${ticket}` };
  }

  async function startSession(
    order: Pick<SessionOrder, 'accountId' | 'memberId' | 'returnUrl' | 'nowMs'>,
    portal: Pick<Ticket, 'isPortal'> = {},
  ): Promise<ProviderPage> {
    const { accountId, memberId, returnUrl, nowMs } = order;
    const expiresAtMs = nowMs + sandboxSessionMs;
    const ticket: Ticket = { accountId, memberId, returnUrl, expiresAtMs, ...portal };
    return { url: `${publicUrl}/v1/payments/sandbox/methods/${await ticketFor(ticket)}`, expiresAtMs };
  }

  async function takeForm(
    request: Request,
    ticket: Ticket,
    report: ReportPayment,
    nowMs: number,
  ): Promise<Response> {
    const pageOf = ticket.isPortal ? portalPage : methodPage;
    if (request.method !== 'POST') return pageOf(ticket);
    const form = await formOf(request);
    const returned = ticket.isPortal && form !== null ? returnedBy(form, ticket.accountId, nowMs) : null;
    if (returned !== null) {
      await report(returned);
      return new Response(null, { status: 303, headers: { Location: ticket.returnUrl } });
    }
    const card = form?.get('card');
    if (!isSandboxCard(card)) return pageOf(ticket, 400);
    const { id, kind, brand, lastFour } = sandboxCards[card];
    const paymentMethod: PaymentMethod = { id, kind, brand, lastFour, confirmed: true };
    const { accountId, memberId } = ticket;
    await report({ kind: 'method_entered', entered: { accountId, memberId, paymentMethod } });
    return new Response(null, { status: 303, headers: { Location: ticket.returnUrl } });
  }

  return {
    charge,
    withdraw: async () => ({ outcome: 'withdrawn' }),
    refund: async () => ({ outcome: 'succeeded' }),
    startSession,
    openPortal: (order) => startSession({ ...order, memberId: null }, { isPortal: true }),
    listCharges: () => null,
    findCharges: () => null,
    async handle(request, report, nowMs, returnUrl = null) {
      const match = /\/v1\/payments\/sandbox\/(methods|confirm)\/([^/]+)$/.exec(
        new URL(request.url).pathname,
      );
      if (match === null) return null;
      const [, page, ticketText = ''] = match;
      if (page === 'methods') {
        const ticket = await readTicket<Ticket>(ticketText);
        // Each page takes tickets of its own kind only.
        return ticket === null || !('returnUrl' in ticket) || ticket.expiresAtMs <= nowMs
          ? notFoundPage()
          : takeForm(request, ticket, report, nowMs);
      }
      const ticket = await readTicket<{ accountId: string; purchaseId: string }>(ticketText);
      if (ticket === null || !('purchaseId' in ticket)) return notFoundPage();
      // Looking at a link, as mail programs and chats do by themselves, pays nothing.
      if (request.method !== 'POST') return confirmPage();
      const isRefused = (await formOf(request))?.get('answer') === 'refuse';
      const result: ChargeResult = isRefused
        ? { outcome: 'failed', message: 'The payment was not confirmed.' }
        : { outcome: 'succeeded' };
      await report({ kind: 'charge_ended', ...ticket, result });
      return confirmedPage(isRefused, returnUrl);
    },
  };
}

/** Null where the body is no form. */
async function formOf(request: Request): Promise<FormData | null> {
  try {
    return await request.formData();
  } catch {
    return null;
  }
}

/** More than any charge: of what is given back and disputed the server takes at most what is left. */
const wholeAmount = parseAmount('1000000000');
const amountPattern = /^\d{1,9}(\.\d{1,6})?$/;

/** What a form of the portal says of a charge; null where it says nothing of one. */
function returnedBy(form: FormData, accountId: string, nowMs: number): PaymentReport | null {
  const [what, chargeId, typed] = ['return', 'charge', 'amount'].map((name) => form.get(name));
  if (!isSandboxReturn(what) || typeof chargeId !== 'string' || chargeId === '') return null;
  if (typeof typed === 'string' && typed !== '' && !amountPattern.test(typed)) return null;
  const amount = typeof typed === 'string' && typed !== '' ? parseAmount(typed) : wholeAmount;
  const report = { kind: 'money_returned', accountId, chargeId, refunds: [], disputes: [] } as const;
  if (what === 'refund') {
    const refund = { id: `sandbox-refund-${nowMs}`, orderId: null, amount, isGiven: true };
    return { ...report, refunds: [refund] };
  }
  const status = what === 'dispute' ? 'open' : what;
  const reason = 'product_not_received';
  return {
    ...report,
    disputes: [{ id: 'sandbox-dispute', amount: wholeAmount, status, reason, openedAtMs: nowMs }],
  };
}

function toBase64Url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function fromBase64Url(text: string): string {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );
  return new TextDecoder().decode(bytes);
}
