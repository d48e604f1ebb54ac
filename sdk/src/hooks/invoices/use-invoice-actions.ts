'use client';
import type { Invoice, PayAnswer } from '@usagekit/server/contract';
import { useCallback, useMemo, useRef, useState } from 'react';
import { payInvoice, readInvoicePdf, readInvoicesCsv } from '../../client/invoices/invoices.ts';
import type { UsageKitError } from '../../client/usagekit-error.ts';
import { catchUp } from '../../provider/catch-up.ts';
import { useUsageKit } from '../../provider/context.ts';
import { type AccountOptions, useSessionStore } from '../base/use-session-store.ts';

/** `export` reads the CSV of all invoices and has no invoice of its own. */
export type InvoiceActionKind = 'pay' | 'download' | 'export';

/** What can be done with an invoice, one at a time. */
export interface InvoiceActions {
  /** The running action, and its invoice. */
  busy: { kind: InvoiceActionKind; invoiceId: string } | undefined;
  /** The last failure, and its invoice; paying again is safe, since the server charges once. */
  failed: { kind: InvoiceActionKind; invoiceId: string; error: UsageKitError } | undefined;
  /** The result of the last payment. */
  answer: PayAnswer | undefined;
  /** Charges the amount due of an invoice now. Does nothing while an action is running. Never rejects. */
  pay(invoiceId: string): Promise<void>;
  /** Reads an invoice's PDF in the page's language; undefined where that failed. Never rejects. */
  readPdf(invoice: Invoice): Promise<Blob | undefined>;
  /** Reads every invoice, or every line of them, as CSV; undefined where that failed. Never rejects. */
  readCsv(rows: 'invoices' | 'lines'): Promise<Blob | undefined>;
}

type State = Pick<InvoiceActions, 'busy' | 'failed' | 'answer'>;

const atRest: State = { busy: undefined, failed: undefined, answer: undefined };

/** Paying an invoice and reading it as a PDF. */
export function useInvoiceActions(options: AccountOptions = {}): InvoiceActions {
  const store = useSessionStore(options);
  const { locale } = useUsageKit();
  const [state, setState] = useState(atRest);
  const isBusy = useRef(false);

  const run = useCallback(
    async <Answer>(
      kind: InvoiceActionKind,
      invoiceId: string,
      work: () => Promise<Answer>,
      settle: (answer: Answer) => Partial<State>,
    ): Promise<Answer | undefined> => {
      if (isBusy.current) return undefined;
      isBusy.current = true;
      setState({ ...atRest, busy: { kind, invoiceId } });
      try {
        const answer = await work();
        setState({ ...atRest, ...settle(answer) });
        return answer;
      } catch (error) {
        setState({ ...atRest, failed: { kind, invoiceId, error: error as UsageKitError } });
        return undefined;
      } finally {
        isBusy.current = false;
      }
    },
    [],
  );

  return useMemo(
    () => ({
      ...state,
      async pay(invoiceId: string) {
        if (!store) return;
        const { client, session } = store;
        const work = () => payInvoice(client, session.accountId, invoiceId);
        const answer = await run('pay', invoiceId, work, (paid) => ({ answer: paid }));
        if (answer) void catchUp(store, answer);
      },
      async readPdf({ id }: Invoice) {
        if (!store) return undefined;
        const { client, session } = store;
        return run(
          'download',
          id,
          () => readInvoicePdf(client, session.accountId, id, locale),
          () => ({}),
        );
      },
      async readCsv(rows: 'invoices' | 'lines') {
        if (!store) return undefined;
        const { client, session } = store;
        const work = () => readInvoicesCsv(client, session.accountId, rows);
        return run('export', '', work, () => ({}));
      },
    }),
    [state, store, locale, run],
  );
}
