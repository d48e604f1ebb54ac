import type { Loaded, Writes } from '../store.ts';

/**
 * Accounts are written only where they were loaded, which locks them: otherwise another process could write them too.
 * Entries go on from the number that their account has come to, and the account that is written beside them counts just
 * them. By this alone no number is ever left out or given twice, without a look at the entries that there are.
 * @throws Error where that is not so, which is a mistake of the program's.
 */
export function assertWritable(
  { accounts = [], entries = [] }: Writes,
  loaded: Pick<Loaded, 'account'>,
): void {
  // Nearly every command writes one account, whose entries can be counted without a map.
  const only = accounts.length === 1 ? accounts[0] : undefined;
  if (only !== undefined) {
    const accountId = only.profile.id;
    let next = nextSeqOf(loaded, accountId);
    for (const entry of entries) {
      if (entry.accountId !== accountId) throw notCounted(entry.accountId);
      if (entry.seq !== next) throw misnumbered(accountId, entry.seq, next);
      next += 1;
    }
    if (only.wallet.nextSeq !== next) throw notCounted(accountId);
    return;
  }
  const nextSeqs = new Map<string, number>();
  for (const { accountId, seq } of entries) {
    const next = nextSeqs.get(accountId) ?? nextSeqOf(loaded, accountId);
    if (seq !== next) throw misnumbered(accountId, seq, next);
    nextSeqs.set(accountId, next + 1);
  }
  for (const { profile, wallet } of accounts) {
    if (wallet.nextSeq !== (nextSeqs.get(profile.id) ?? nextSeqOf(loaded, profile.id)))
      throw notCounted(profile.id);
    nextSeqs.delete(profile.id);
  }
  for (const accountId of nextSeqs.keys()) throw notCounted(accountId);
}

function nextSeqOf(loaded: Pick<Loaded, 'account'>, accountId: string): number {
  return loaded.account(accountId)?.wallet.nextSeq ?? 1;
}

function misnumbered(accountId: string, seq: number, next: number): Error {
  return new Error(`Account ${accountId} has an entry ${seq} where ${next} comes next.`);
}

function notCounted(accountId: string): Error {
  return new Error(
    `Account ${accountId} does not count the entries that it gets; write it with its next number.`,
  );
}
