import type { AccountState, HoldRecord, MemberRecord, PurchaseRecord, TaskRecord } from '../domain/state.ts';
import { ItemMap } from './item-map.ts';
import type { EventId, KeptAnswer, Loaded } from './store.ts';

/** What a store loaded for one write. A key whose value is undefined was looked for and does not exist. */
export class LoadedRows implements Loaded {
  readonly accounts = new Map<string, AccountState | undefined>();
  readonly answers = new ItemMap<KeptAnswer | undefined>();
  readonly members = new ItemMap<MemberRecord | undefined>();
  readonly tasks = new ItemMap<TaskRecord | undefined>();
  readonly holds = new ItemMap<HoldRecord | undefined>();
  readonly events = new ItemMap<EventId | undefined>();
  readonly purchases = new ItemMap<PurchaseRecord | undefined>();

  account(accountId: string): AccountState | undefined {
    const state = this.accounts.get(accountId);
    if (state === undefined && !this.accounts.has(accountId)) throw notAsked('account', accountId);
    return state;
  }

  answer(accountId: string, key: string): KeptAnswer | undefined {
    return found(this.answers, accountId, key, 'answer');
  }

  member(accountId: string, memberId: string): MemberRecord | undefined {
    return found(this.members, accountId, memberId, 'member');
  }

  task(accountId: string, taskId: string): TaskRecord | undefined {
    return found(this.tasks, accountId, taskId, 'task');
  }

  hold(accountId: string, holdId: string): HoldRecord | undefined {
    return found(this.holds, accountId, holdId, 'hold');
  }

  event(accountId: string, eventId: string): EventId | undefined {
    return found(this.events, accountId, eventId, 'event');
  }

  purchase(accountId: string, purchaseId: string): PurchaseRecord | undefined {
    return found(this.purchases, accountId, purchaseId, 'purchase');
  }
}

function found<Value>(
  values: ItemMap<Value | undefined>,
  accountId: string,
  id: string,
  noun: string,
): Value | undefined {
  const place = values.find(accountId, id);
  if (place === undefined) throw notAsked(noun, `${id} of ${accountId}`);
  return place.value;
}

function notAsked(noun: string, name: string): Error {
  return new Error(`The ${noun} ${name} was not among the needs of this write; name it there.`);
}
