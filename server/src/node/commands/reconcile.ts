import { reconcileStore } from '../../store/reconcile-store.ts';
import { readConfig } from '../config.ts';
import { openExistingStore } from '../open-store.ts';
import type { Command } from './command.ts';

/** `usagekit reconcile`: recomputes every balance from the ledger, and fails where one has drifted. */
export const reconcileCommand: Command = {
  name: 'reconcile',
  operands: '',
  summary: 'Recomputes every balance from the ledger; fails on drift',
  flags: {
    database: 'SQLite file, while no server holds it',
    'database-url': 'PostgreSQL instead of the file',
  },
  async run({ flags, environment, print }) {
    const store = await openExistingStore(readConfig(flags, environment));
    let accounts = 0;
    let drifted = 0;
    let unreadable = 0;
    try {
      for await (const account of reconcileStore(store)) {
        accounts += 1;
        if (account.unreadable !== null) {
          unreadable += 1;
          print(`${account.accountId}: ${account.unreadable}`);
        }
        for (const drift of account.drifts) {
          drifted += 1;
          print(`${drift.accountId}: ${drift.subject} is ${drift.found}, its entries say ${drift.expected}`);
        }
      }
    } finally {
      await store.close();
    }
    const unread = unreadable === 0 ? '' : `, ${unreadable} that cannot be read`;
    print(`${accounts} accounts${unread}, ${drifted} balances that drifted.`);
    return drifted + unreadable === 0 ? 0 : 1;
  },
};
