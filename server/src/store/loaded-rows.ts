import type { AccountState, HoldRecord, MemberRecord, PurchaseRecord, TaskRecord } from '../domain/state.ts';
import { itemKey } from './batch-overlay.ts';
import type { EventId, KeptAnswer, Loaded } from './store.ts';

/** What a store loaded for one write. A key whose value is undefined was looked for and does not exist. */
export class LoadedRows implements Loaded {
  readonly accounts = new Map<string, AccountState | undefined>();
  readonly answers = new Map<string, KeptAnswer | undefined>();
  readonly members = new Map<string, MemberRecord | undefined>();
  readonly tasks = new Map<string, TaskRecord | undefined>();
  readonly holds = new Map<string, HoldRecord | undefined>();
  readonly events = new Map<string, EventId | undefined>();
  readonly purchases = new Map<string, PurchaseRecord | undefined>();

  account(accountId: string): AccountState | undefined {
    return found(this.accounts, accountId, 'account');
  }

  answer(accountId: string, key: string): KeptAnswer | undefined {
    return found(this.answers, itemKey(accountId, key), 'answer');
  }

  member(accountId: string, memberId: string): MemberRecord | undefined {
    return found(this.members, itemKey(accountId, memberId), 'member');
  }

  task(accountId: string, taskId: string): TaskRecord | undefined {
    return found(this.tasks, itemKey(accountId, taskId), 'task');
  }

  hold(accountId: string, holdId: string): HoldRecord | undefined {
    return found(this.holds, itemKey(accountId, holdId), 'hold');
  }

  event(accountId: string, eventId: string): EventId | undefined {
    return found(this.events, itemKey(accountId, eventId), 'event');
  }

  purchase(accountId: string, purchaseId: string): PurchaseRecord | undefined {
    return found(this.purchases, itemKey(accountId, purchaseId), 'purchase');
  }

  /** @throws Error when an account is to be written that was not locked; another process could write it too. */
  assertLocked(accounts: readonly AccountState[] | undefined): void {
    for (const { profile } of accounts ?? []) {
      if (!this.accounts.has(profile.id)) {
        throw new Error(
          `Account ${profile.id} is written without being among the needs; name it in accountIds.`,
        );
      }
    }
  }
}

function found<Value>(
  values: ReadonlyMap<string, Value | undefined>,
  key: string,
  noun: string,
): Value | undefined {
  const value = values.get(key);
  if (value === undefined && !values.has(key)) {
    throw new Error(
      `The ${noun} ${key.replace('\n', ' ')} was not among the needs of this write; name it there.`,
    );
  }
  return value;
}
