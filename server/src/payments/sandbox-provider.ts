import type { PaymentMethod } from '../domain/accounts/state.ts';
import type {
  ChargeOrder,
  ChargeResult,
  PaymentProvider,
  ProviderPage,
  ReportPayment,
  SessionOrder,
} from './payment-provider.ts';
import { isSandboxCard, sandboxCards, sandboxSettlingMs } from './sandbox-cards.ts';
import { confirmPage, methodPage, notFoundPage } from './sandbox-pages.ts';

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
  ): Promise<ProviderPage> {
    const { accountId, memberId, returnUrl, nowMs } = order;
    const expiresAtMs = nowMs + sandboxSessionMs;
    const ticket: Ticket = { accountId, memberId, returnUrl, expiresAtMs };
    return { url: `${publicUrl}/v1/payments/sandbox/methods/${await ticketFor(ticket)}`, expiresAtMs };
  }

  async function enterMethod(request: Request, ticket: Ticket, report: ReportPayment): Promise<Response> {
    if (request.method !== 'POST') return methodPage(ticket.accountId);
    const card = await cardOf(request);
    if (!isSandboxCard(card)) return methodPage(ticket.accountId, 400);
    const { id, kind, brand, lastFour } = sandboxCards[card];
    const paymentMethod: PaymentMethod = { id, kind, brand, lastFour, confirmed: true };
    const { accountId, memberId } = ticket;
    await report({ kind: 'method_entered', entered: { accountId, memberId, paymentMethod } });
    return new Response(null, { status: 303, headers: { Location: ticket.returnUrl } });
  }

  return {
    charge,
    refund: async () => ({ outcome: 'succeeded' }),
    startSession,
    // The sandbox's one page is where a method is chosen, so its portal leads there.
    openPortal: (order) => startSession({ ...order, memberId: null }),
    listCharges: () => null,
    findCharges: () => null,
    async handle(request, report, nowMs) {
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
          : enterMethod(request, ticket, report);
      }
      const ticket = await readTicket<{ accountId: string; purchaseId: string }>(ticketText);
      if (ticket === null || !('purchaseId' in ticket)) return notFoundPage();
      // Looking at a link, as mail programs and chats do by themselves, pays nothing.
      if (request.method !== 'POST') return confirmPage();
      await report({ kind: 'charge_ended', ...ticket, result: { outcome: 'succeeded' } });
      return new Response('The payment is confirmed. You can close this page.', {
        headers: { 'Content-Type': 'text/plain; charset=utf-8' },
      });
    },
  };
}

/** The choice of the form; null where the body is no form. */
async function cardOf(request: Request): Promise<unknown> {
  try {
    return (await request.formData()).get('card');
  } catch {
    return null;
  }
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
