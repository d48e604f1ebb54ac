import type { Loaded, Writes } from '../store.ts';

/**
 * Checks that a write changes only accounts that it loaded. Loading locks an account; without the lock another process could
 * write it too. New entries must continue from the account's `nextSeq`, and the account written with them must count exactly
 * these entries. So no number is left out or given twice, and existing entries need not be read.
 * @throws Error if the check fails, which is a bug in the program.
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
