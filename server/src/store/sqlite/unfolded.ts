import { itemKey } from '../batch-overlay.ts';
import type { KeptAnswer } from '../store.ts';
import type { AccountChanges } from './account-changes.ts';

/** Changes of an account that the journal holds and the tables do not, and the last journal row that has some. */
export interface UnfoldedAccount {
  readonly changes: AccountChanges;
  journalId: number;
}

/** What was committed to the journal and is not in the tables yet: reads by key look here first. */
export class Unfolded {
  readonly accounts = new Map<string, UnfoldedAccount>();
  /** In the order in which they were kept. */
  readonly answers = new Map<string, KeptAnswer>();
  /** About how much text waits in the journal. */
  characters = 0;

  add(changes: AccountChanges, journalId: number): void {
    this.addAnswers(changes.answers);
    const waiting = this.accounts.get(changes.accountId);
    if (waiting === undefined) {
      this.accounts.set(changes.accountId, { changes, journalId });
    } else {
      waiting.changes.add(changes);
      waiting.journalId = journalId;
    }
  }

  addAnswers(answers: readonly KeptAnswer[]): void {
    for (const answer of answers) this.answers.set(itemKey(answer.accountId, answer.key), answer);
  }
}
