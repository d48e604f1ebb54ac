import { paths } from '../../../contract/http/paths.ts';
import type { ReconciledAccount } from '../../../contract/operations/operations.ts';
import type { Command } from '../command.ts';
import { apiFlags, everyItem, paymentFlags, withApi } from '../open-api.ts';
import { reconcilePayments } from './reconcile-payments.ts';

/** Each of them may have a long ledger. */
export const accountsAtOnce = 50;

/** `usagekit reconcile`: recomputes balances from the ledger, and invoices from what they bill; fails where one has drifted. */
export const reconcileCommand: Command = {
  name: 'reconcile',
  operands: '',
  summary:
    'Recomputes balances, invoices and billed units from all records, also while the server runs; fails on drift',
  flags: {
    ...apiFlags,
    ...paymentFlags,
    from: 'With --payments: first day, 35 days before --to by default',
    'uses-from':
      'Compares lines of use that begin on this day or later, and reads no older uses; all by default',
    to: 'With --payments: the day after the last one, now by default',
  },
  switches: {
    payments: 'Compares charges and refunds with the payment provider instead',
  },
  json: {
    prints: 'one',
    of: ['accounts', 'unreadable', 'drifted', 'wrong'],
    otherwise: 'with --payments as GET /v1/reconciliation/payments answers it',
  },
  async run(input) {
    const { switches, print } = input;
    if (switches?.has('payments') === true) return reconcilePayments(input);
    const day = input.flags['uses-from'];
    const wrong: ReconciledAccount[] = [];
    let accounts = 0;
    await withApi(input, async (api) => {
      for await (const account of everyItem<ReconciledAccount>(api, pathFrom(day), accountsAtOnce)) {
        accounts += 1;
        if (account.drifts.length === 0 && account.unreadable === null) continue;
        wrong.push(account);
        for (const line of describe(account)) print(line);
      }
    });
    const unreadable = wrong.filter((account) => account.unreadable !== null).length;
    const drifted = wrong.reduce((sum, { drifts }) => sum + drifts.length, 0);
    const unread = unreadable === 0 ? '' : `, ${unreadable} that cannot be read`;
    input.answer(
      { accounts, unreadable, drifted, wrong },
      `${accounts} accounts${unread}, ${drifted} balances that drifted.`,
    );
    return wrong.length === 0 ? 0 : 1;
  },
};

function pathFrom(day: string | undefined): string {
  if (day === undefined) return paths.reconciliation;
  const usesFrom = day.includes('T') ? day : `${day}T00:00:00.000Z`;
  return `${paths.reconciliation}?usesFrom=${encodeURIComponent(usesFrom)}`;
}

function describe({ accountId, drifts, unreadable }: ReconciledAccount): string[] {
  return [
    ...(unreadable === null ? [] : [`${accountId}: ${unreadable}`]),
    ...drifts.map(
      ({ subject, found, expected }) => `${accountId}: ${subject} is ${found}, its records say ${expected}`,
    ),
  ];
}
