import type { HoldRecord } from '../../../domain/holds/state.ts';
import type { ChargeRecord, InvoiceRecord } from '../../../domain/invoices/state.ts';
import type { MemberRecord } from '../../../domain/members/state.ts';
import type { NoticeRecord } from '../../../domain/notices/state.ts';
import type { PurchaseRecord } from '../../../domain/purchases/state.ts';
import type { AccountState } from '../../../domain/state.ts';
import type { TaskRecord } from '../../../domain/tasks/state.ts';
import type { EncodedAccount } from '../../codec/account-codec.ts';
import { accountWeight } from '../../parts/account-weight.ts';
import { LoadedRows, readable } from '../../parts/loaded-rows.ts';
import { RecentCache } from '../../parts/recent-cache.ts';
import type { KeptAnswer, Needs } from '../../store.ts';
import { type AccountChanges, joinEncoded } from '../journal/account-changes.ts';
import type { Journal } from '../journal/journal.ts';
import type { Unfolded } from '../journal/unfolded.ts';
import type { FoldedReads } from './folded-reads.ts';

/** Rows as they are now: what waits to be folded, or else what the tables have. */
export class CurrentRows {
  readonly #journal: Journal;
  readonly #unfolded: Unfolded;
  readonly #reads: FoldedReads;
  readonly #accounts: RecentCache<AccountState>;

  /** @param accountsCached Accounts whose state is kept after use; at least so many, at most twice, by their weight. */
  constructor(journal: Journal, reads: FoldedReads, accountsCached: number) {
    this.#journal = journal;
    this.#unfolded = journal.unfolded;
    this.#reads = reads;
    this.#accounts = new RecentCache(accountsCached, accountWeight);
  }

  /** Accounts whose state is kept. */
  get accountsCached(): number {
    return this.#accounts.size;
  }

  /** Accounts that were written. */
  keep(states: readonly AccountState[]): void {
    for (const state of states) this.#accounts.put(state.profile.id, state);
  }

  /** An account that is no more. */
  forget(accountId: string): void {
    this.#accounts.delete(accountId);
  }

  /** The rows that a write needs, as of now. A row that cannot be read fails the command that asks for it. */
  load(needs: Needs, catalogVersion: number): LoadedRows {
    const loaded = new LoadedRows(catalogVersion);
    for (const id of needs.accountIds) {
      loaded.accounts.set(
        id,
        readable(() => this.account(id)),
      );
    }
    for (const { accountId, key } of needs.answers ?? []) {
      loaded.answers.set(accountId, key, this.answer(accountId, key));
    }
    for (const item of needs.members ?? []) {
      loaded.members.set(
        item.accountId,
        item.id,
        readable(() => this.member(item.accountId, item.id)),
      );
    }
    for (const item of needs.tasks ?? []) {
      loaded.tasks.set(
        item.accountId,
        item.id,
        readable(() => this.task(item.accountId, item.id)),
      );
    }
    for (const item of needs.holds ?? []) {
      loaded.holds.set(
        item.accountId,
        item.id,
        readable(() => this.hold(item.accountId, item.id)),
      );
    }
    for (const item of needs.eventIds ?? []) {
      const waiting = this.#unfolded.events.get(item.accountId, item.id);
      loaded.events.set(item.accountId, item.id, waiting ?? this.#reads.event(item));
    }
    for (const item of needs.purchases ?? []) {
      loaded.purchases.set(
        item.accountId,
        item.id,
        readable(() => this.purchase(item.accountId, item.id)),
      );
    }
    for (const item of needs.invoices ?? []) {
      loaded.invoices.set(
        item.accountId,
        item.id,
        readable(() => this.invoice(item.accountId, item.id)),
      );
    }
    for (const item of needs.charges ?? []) {
      loaded.charges.set(
        item.accountId,
        item.id,
        readable(() => this.charge(item.accountId, item.id)),
      );
    }
    for (const item of needs.notices ?? []) {
      loaded.notices.set(
        item.accountId,
        item.id,
        readable(() => this.notice(item.accountId, item.id)),
      );
    }
    return loaded;
  }

  account(accountId: string): AccountState | undefined {
    const state = this.#unfolded.stateOf(accountId);
    if (state !== undefined) return state;
    const recovered = this.#unfolded.recoveredOf(accountId).at(-1);
    if (recovered !== undefined) return this.#recovered(accountId, recovered);
    const cached = this.#accounts.get(accountId);
    if (cached !== undefined) return cached;
    const read = this.#reads.account(accountId);
    if (read !== undefined) this.#accounts.put(accountId, read);
    return read;
  }

  /**
   * Changes that a crash left in the journal have no state in memory. It is made of what the tables have and of what was changed, and
   * nothing is written for it.
   */
  #recovered(accountId: string, latest: AccountChanges): AccountState | undefined {
    const changes = this.#unfolded.recoveredOf(accountId);
    const encoded = changes.reduce<EncodedAccount | undefined>(
      (joined, each) => joinEncoded(joined, each.encoded),
      undefined,
    );
    const state =
      encoded === undefined ? undefined : this.#reads.changedAccount(accountId, encoded, latest.version);
    if (state !== undefined) {
      latest.state = state;
      this.#accounts.put(accountId, state);
      return state;
    }
    // The allocations of its members stand with the members, as earlier versions have it.
    this.#journal.foldAccount(accountId);
    return this.#reads.account(accountId);
  }

  answer(accountId: string, key: string): KeptAnswer | undefined {
    return this.#unfolded.answers.get(accountId, key) ?? this.#journal.answers.find(accountId, key);
  }

  member(accountId: string, id: string): MemberRecord | undefined {
    return this.#unfolded.members.get(accountId, id) ?? this.#reads.member({ accountId, id });
  }

  task(accountId: string, id: string): TaskRecord | undefined {
    return this.#unfolded.tasks.get(accountId, id) ?? this.#reads.task({ accountId, id });
  }

  hold(accountId: string, id: string): HoldRecord | undefined {
    return this.#unfolded.holds.get(accountId, id) ?? this.#reads.hold({ accountId, id });
  }

  purchase(accountId: string, id: string): PurchaseRecord | undefined {
    return this.#unfolded.purchases.get(accountId, id) ?? this.#reads.purchase({ accountId, id });
  }

  invoice(accountId: string, id: string): InvoiceRecord | undefined {
    return this.#unfolded.invoices.get(accountId, id) ?? this.#reads.invoice({ accountId, id });
  }

  charge(accountId: string, id: string): ChargeRecord | undefined {
    return this.#unfolded.charges.get(accountId, id) ?? this.#reads.charge({ accountId, id });
  }

  notice(accountId: string, id: string): NoticeRecord | undefined {
    return this.#unfolded.notices.get(accountId, id) ?? this.#reads.notice({ accountId, id });
  }
}
