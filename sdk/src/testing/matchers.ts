import { paths, type UseRequest } from '@usagekit/server/contract';
import type { UsageKitMock } from './create-usagekit-mock.ts';

/** What the backend under test is expected to have consumed; what is left out may be anything. */
export interface ExpectedUse {
  /** By item: a metric, model, tool or storage kind, with how much of it where that matters. */
  metric?: string;
  model?: string;
  tool?: string;
  storage?: string;
  /** Of a metric or a storage kind; of a tool, its calls. */
  amount?: number | string;
  accountId?: string;
  memberId?: string;
  idempotencyKey?: string;
  /**
   * How often it was let through, counting the same key once.
   * @default at least once
   */
  times?: number;
}

interface MatcherAnswer {
  pass: boolean;
  message(): string;
}

/**
 * For `expect.extend(usageKitMatchers)` in Vitest and Jest.
 *
 * @example
 * expect(mock).toHaveConsumed({ tool: 'search', amount: 3, times: 1 });
 * await expect(mock).toHaveAvailable(377);
 */
export const usageKitMatchers = {
  /** Looks at what was sent to `POST /v1/consume` through the mock and answered with 200. */
  toHaveConsumed(mock: UsageKitMock, expected: ExpectedUse): MatcherAnswer {
    const consumed = mock.requests(`POST ${paths.consume}`).filter(({ status }) => status === 200);
    const keys = new Set(
      consumed
        .filter(({ body, idempotencyKey }) => isUse(body as UseRequest, idempotencyKey, expected))
        .map(({ idempotencyKey }) => idempotencyKey),
    );
    const pass = expected.times === undefined ? keys.size > 0 : keys.size === expected.times;
    return {
      pass,
      message: () =>
        `expected ${pass ? 'no' : 'a'} consume of ${JSON.stringify(expected)}, and ${keys.size} of ${consumed.length} fit: ${JSON.stringify(consumed.map(({ body }) => body))}`,
    };
  },

  /** Compares Available of an account, the scenario's by default. */
  async toHaveAvailable(
    mock: UsageKitMock,
    credits: number | string,
    accountId?: string,
  ): Promise<MatcherAnswer> {
    const { available } = await mock.account(accountId).credits();
    const pass = available === String(credits);
    return {
      pass,
      message: () => `expected ${pass ? 'other than ' : ''}${credits} available, and ${available} are`,
    };
  },
};

function isUse(use: UseRequest, idempotencyKey: string | null, expected: ExpectedUse): boolean {
  const { metric, model, tool, storage, amount } = expected;
  if (expected.accountId !== undefined && use.accountId !== expected.accountId) return false;
  if (expected.memberId !== undefined && use.memberId !== expected.memberId) return false;
  if (expected.idempotencyKey !== undefined && idempotencyKey !== expected.idempotencyKey) return false;
  return use.items.some((item) => {
    const found = item as Partial<Record<'metric' | 'model' | 'tool' | 'storage' | 'quantity', string>> & {
      calls?: number;
    };
    const named = Object.entries({ metric, model, tool, storage }).every(
      ([kind, id]) => id === undefined || found[kind as 'metric'] === id,
    );
    return named && (amount === undefined || String(found.quantity ?? found.calls) === String(amount));
  });
}
