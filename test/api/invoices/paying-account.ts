import type { CatalogConfig, Charge, Invoice, Page, PaymentSession } from '@usagekit/server/contract';
import {
  type ChargeOrder,
  createSandboxProvider,
  type PaymentProvider,
  type RefundOrder,
  type SandboxCard,
} from '@usagekit/server/payments';
import { expect } from 'vitest';
import type { NoticeTransport } from '../../../server/src/app/notices/notice-transport.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { plansCatalogConfig } from '../../support/plans-catalog.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

/** Plans that are charged when they are invoiced, with two retries. */
export const billedCatalog: CatalogConfig = {
  ...plansCatalogConfig,
  billing: {
    seller: { name: 'Widgets GmbH', addressLines: ['Weg 1', '10115 Berlin'], taxId: 'DE123456789' },
    paymentTermDays: 7,
    retryDays: [3, 5],
  },
  pauses: [{ when: 'retries_exhausted', what: 'ai' }],
};

/** The sandbox, with what it is asked for. */
export function watchedSandbox(change: Partial<PaymentProvider> = {}) {
  const charges: ChargeOrder[] = [];
  const refunds: RefundOrder[] = [];
  const sandbox = {
    ...createSandboxProvider({ publicUrl: 'http://usage.test', sign: async (text) => `s${text.length}` }),
    ...change,
  };
  const payments: PaymentProvider = {
    ...sandbox,
    async charge(order) {
      charges.push(order);
      return sandbox.charge(order);
    },
    async refund(order) {
      refunds.push(order);
      return sandbox.refund(order);
    },
  };
  return { payments, charges, refunds };
}

export interface PayingAccount {
  readonly server: TestServer;
  readonly charges: ChargeOrder[];
  readonly refunds: RefundOrder[];
  /** Of the admin, made again after time has passed. */
  token(): Promise<string>;
  /** Moves the clock on, and has done what falls due. */
  later(days: number): Promise<void>;
  enter(card: SandboxCard): Promise<void>;
  upgrade(planId: string): ReturnType<TestServer['post']>;
  invoices(): Promise<Invoice[]>;
  chargeHistory(): Promise<Charge[]>;
}

/** An account on Free whose admin has entered a card of the sandbox's, or none. */
export async function payingAccount(
  card: SandboxCard | null = 'succeeds',
  {
    catalog = billedCatalog,
    sandbox = watchedSandbox(),
    store,
    currency,
    notices,
  }: {
    catalog?: CatalogConfig;
    sandbox?: ReturnType<typeof watchedSandbox>;
    store?: Store;
    currency?: string;
    notices?: NoticeTransport;
  } = {},
): Promise<PayingAccount> {
  const server = createTestServer({
    catalog,
    payments: sandbox.payments,
    renderInvoice: async (invoice, locale) => new TextEncoder().encode(`%PDF ${invoice.number} ${locale}`),
    ...(store === undefined ? {} : { store }),
    ...(notices === undefined ? {} : { notices }),
  });
  await server.account('acme', {
    planId: 'free',
    name: 'Acme',
    ...(currency === undefined ? {} : { currency }),
  });
  await server.member('acme', 'ada', { role: 'admin' });
  const token = () => server.token({ accountId: 'acme', memberId: 'ada' });
  const account: PayingAccount = {
    server,
    charges: sandbox.charges,
    refunds: sandbox.refunds,
    token,
    async later(days) {
      server.clock.advance(days * 86_400_000);
      await server.app.tick();
    },
    async enter(entered) {
      const returnUrl = 'https://app.example.com/billing';
      const session = await server.post<PaymentSession>(
        '/v1/accounts/acme/payment-method/session',
        { returnUrl },
        { token: await token() },
      );
      const chosen = await server.app.fetch(
        new Request(session.body.url, { method: 'POST', body: new URLSearchParams({ card: entered }) }),
      );
      expect([chosen.status, chosen.headers.get('location')]).toEqual([303, returnUrl]);
      await server.app.tick();
    },
    async upgrade(planId) {
      const changed = await server.post(
        '/v1/accounts/acme/subscription/change',
        { planId },
        { token: await token() },
      );
      await server.app.tick();
      return changed;
    },
    async invoices() {
      return (await server.get<Page<Invoice>>('/v1/accounts/acme/invoices')).body.items;
    },
    async chargeHistory() {
      return (await server.get<Page<Charge>>('/v1/accounts/acme/charges')).body.items;
    },
  };
  if (card !== null) await account.enter(card);
  return account;
}

/** The account's newest invoice. */
export async function newestInvoice(account: PayingAccount): Promise<Invoice> {
  const [invoice] = await account.invoices();
  if (invoice === undefined) throw new Error('The account has no invoice');
  return invoice;
}
