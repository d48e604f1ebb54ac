import { type Item, paths, type UseRequest } from '@usagekit/server/contract';
import { assertOptions } from '../mock/accepted.ts';
import type { UsageKitMock } from '../mock/usagekit-mock.ts';

/** The expected consumption of the backend under test; missing fields may have any value. */
export interface ExpectedUse {
  /** By item: a metric, model, tool or storage kind, with how much of it where that matters. */
  metric?: string;
  /** Id of a model that was used. */
  model?: string;
  /** Id of a tool that was used. */
  tool?: string;
  /** Id of a kind of storage that was used. */
  storage?: string;
  /** The quantity of a metric or a storage kind; the calls of a tool. */
  amount?: number | string;
  /** The account that was charged. */
  accountId?: string;
  /** The member who used it. */
  memberId?: string;
  /** The key that it was sent under. */
  idempotencyKey?: string;
  /**
   * How often it was let through, counting the same key once.
   * @default at least once
   */
  times?: number;
}

const useFields = [
  'metric',
  'model',
  'tool',
  'storage',
  'amount',
  'accountId',
  'memberId',
  'idempotencyKey',
  'times',
] as const satisfies readonly (keyof ExpectedUse)[];

export interface MatcherAnswer {
  pass: boolean;
  message(): string;
}

/** The matchers as a test calls them, for the declarations of a runner's `Matchers`. */
export interface UsageKitMatchers<Sync, Async = Promise<void>> {
  /** Whether the mock let such a use through: consumed, reported, or charged by a settled hold or a task. */
  toHaveConsumed(expected: ExpectedUse): Sync;
  /** Whether so many credits of an account, the scenario's by default, are available. */
  toHaveAvailable(credits: number | string, accountId?: string): Async;
}

/**
 * For `expect.extend(usageKitMatchers)` in Vitest, Jest and Playwright.
 *
 * @example
 * expect(mock).toHaveConsumed({ tool: 'search', amount: 3, times: 1 });
 * await expect(mock).toHaveAvailable(377);
 */
export const usageKitMatchers = {
  /** Examines accepted requests sent through the mock, without those of the mock's own `account()` and `backend`. */
  toHaveConsumed(mock: UsageKitMock, expected: ExpectedUse): MatcherAnswer {
    assertMock('toHaveConsumed', mock);
    assertOptions('toHaveConsumed', expected, useFields);
    const uses = usesOf(mock);
    const count = new Set(uses.filter((use) => isSuch(use, expected)).map(({ key }) => key)).size;
    const pass = expected.times === undefined ? count > 0 : count === expected.times;
    return {
      pass,
      message: () =>
        [
          `expected ${pass ? 'no use' : 'a use'} such as ${JSON.stringify(expected)}, and ${count} of ${uses.length} are. What was consumed:`,
          ...(uses.length === 0 ? ['  nothing'] : uses.map(describeUse)),
        ].join('\n'),
    };
  },

  /** Compares Available of an account, the scenario's by default. */
  async toHaveAvailable(
    mock: UsageKitMock,
    credits: number | string,
    accountId?: string,
  ): Promise<MatcherAnswer> {
    assertMock('toHaveAvailable', mock);
    const { available, held } = await mock.account(accountId).credits();
    const pass = available === String(credits);
    return {
      pass,
      message: () =>
        `expected ${pass ? 'other than ' : ''}${credits} credits available, and ${available} are (${held} more are held)`,
    };
  },
};

function assertMock(matcher: string, given: unknown): void {
  if (typeof given === 'object' && given !== null && 'requests' in given && 'account' in given) return;
  throw new TypeError(`${matcher} takes what createUsageKitMock() gave, and got ${typeof given}.`);
}

/** One use that was let through. */
interface Use {
  how: string;
  /** The same for an answer that was asked for twice. */
  key: string;
  idempotencyKey: string | null;
  accountId: string | undefined;
  memberId: string | undefined;
  items: readonly Item[];
}

interface UseBody extends Partial<UseRequest> {
  id?: string;
  events?: (UseRequest & { id: string })[];
}

function usesOf(mock: UsageKitMock): Use[] {
  const holdsOfMembers = new Map<string, string | undefined>();
  return mock.requests().flatMap((request, index): Use[] => {
    const { method, path, idempotencyKey } = request;
    const body = (request.body ?? {}) as UseBody;
    if (request.status === undefined || request.status >= 300) return [];
    const use = (how: string, key: string, from: UseBody = body): Use => ({
      how,
      key,
      idempotencyKey,
      accountId: from.accountId,
      memberId: from.memberId,
      items: from.items ?? [],
    });
    const key = idempotencyKey ?? `${index}`;
    if (method === 'POST' && path === paths.holds && body.id !== undefined) {
      holdsOfMembers.set(body.id, body.memberId);
    }
    if (method === 'POST' && path === paths.consume) return [use('consumed', key)];
    const [, holdId] = /^\/v1\/holds\/([^/]+)\/settle$/.exec(path) ?? [];
    if (method === 'POST' && holdId !== undefined) {
      const memberId = holdsOfMembers.get(decodeURIComponent(holdId));
      return [{ ...use('settled', key), memberId }];
    }
    if (method === 'PATCH' && path.startsWith(`${paths.tasks}/`) && body.items !== undefined) {
      return [use('charged by a task', key)];
    }
    if (method === 'POST' && path === paths.events) {
      return (body.events ?? []).map((event) => use('reported', `event ${event.id}`, event));
    }
    return [];
  });
}

function isSuch(use: Use, expected: ExpectedUse): boolean {
  const { metric, model, tool, storage, amount } = expected;
  if (expected.accountId !== undefined && use.accountId !== expected.accountId) return false;
  if (expected.memberId !== undefined && use.memberId !== expected.memberId) return false;
  if (expected.idempotencyKey !== undefined && use.idempotencyKey !== expected.idempotencyKey) return false;
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

function describeUse({ how, items, accountId, memberId, idempotencyKey }: Use): string {
  const by = memberId === undefined ? '' : ` by ${memberId}`;
  const under = idempotencyKey === null ? '' : `, under ${idempotencyKey}`;
  return `  ${how}${by} for ${accountId}: ${items.map((item) => JSON.stringify(item)).join(', ')}${under}`;
}
