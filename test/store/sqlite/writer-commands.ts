import type { Command } from '../../../server/src/store/group-commit/group-commit.ts';
import { type SpendResult, sampleAccount, spend } from '../account-samples.ts';

const accountCount = 20;

/** The accounts that the killed process spends from. */
export const writerAccounts = Array.from({ length: accountCount }, (_, index) =>
  sampleAccount(`a-${index}`, 10n ** 15n),
);

/** The command with that number, always the same: sent again, it must not spend again. */
export function writerCommand(number: number): Command<SpendResult> {
  const accountId = `a-${number % accountCount}`;
  return spend({
    accountId,
    key: `key-${String(number).padStart(9, '0')}`,
    amount: BigInt(1 + (number % 7)),
  });
}

/** How many of the commands before that number spend from the account. */
export function writerCommandsOf(accountId: string, before: number): number[] {
  return Array.from({ length: before }, (_, number) => number).filter(
    (number) => `a-${number % accountCount}` === accountId,
  );
}
