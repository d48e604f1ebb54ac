import { describe, expect, it } from 'vitest';
import { isUsageEvent } from '../../../server/src/app/events/parse-event.ts';
import { isUseRequest } from '../../../server/src/app/gate/parse-use-request.ts';
import { usageEvent } from '../../../server/src/contract/events/events-schemas.ts';
import { useRequest } from '../../../server/src/contract/gate/gate-schemas.ts';
import fc from '../../support/fast-check.ts';

const odd = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '1',
    '0',
    '-1',
    '1.5',
    '0.1234567',
    '1e3',
    '+1',
    '01',
    '.5',
    '1.',
    '9999999999999',
    '1000000000000',
    '1000000000000.000001',
    'a b',
    'a\nb',
    'a~b',
    '.',
    '..',
    '漢'.repeat(257),
    '🧭'.repeat(129),
    'a'.repeat(257),
    'ok',
    '2026-06-10T12:00:00Z',
    '2026-02-30T12:00:00Z',
    '2026-06-10',
    'true',
    'add',
    'set',
    'null',
  ),
  fc.constantFrom(
    0,
    1,
    -1,
    1.5,
    1_000_000_000_000,
    1_000_000_000_001,
    Number.MAX_SAFE_INTEGER,
    2 ** 60,
    null,
    true,
    false,
  ),
  fc.constant([]),
  fc.constant({}),
);
const id = fc.constantFrom('acme', 'a', 'A.b_c:d@e-1', 'x'.repeat(256), 'Zoë / 部門', '🧭'.repeat(128));
const amount = fc.constantFrom('0', '1', '12.5', '0.000001', '1000000000000', '999999999999.999999');
const tokens = fc.nat(2_000);
const item = fc.oneof(
  fc.record({ metric: id, quantity: amount }),
  fc.record(
    {
      model: fc.constantFrom('m', 'acme/m-1'),
      provider: id,
      inputTokens: tokens,
      outputTokens: tokens,
      cachedTokens: tokens,
    },
    { requiredKeys: ['model'] },
  ),
  fc.record(
    { tool: id, integration: id, calls: fc.integer({ min: 1, max: 9 }) },
    { requiredKeys: ['tool', 'calls'] },
  ),
  fc.record({ storage: id, quantity: amount }),
);
const gaugeItem = fc.record({
  metric: id,
  quantity: fc.oneof(amount, fc.constant('-3.5')),
  op: fc.constantFrom('add', 'set'),
});
const dimensions = {
  memberId: id,
  agentId: id,
  projectId: id,
  workspaceId: id,
  taskId: id,
  apiKeyId: id,
  category: id,
  source: id,
};
const request = fc.record(
  {
    accountId: id,
    items: fc.array(item, { minLength: 1, maxLength: 3 }),
    ...dimensions,
    needs: fc.dictionary(id, fc.oneof(id, amount), { noNullPrototype: true }),
  },
  { requiredKeys: ['accountId', 'items'] },
);
const event = fc.record(
  {
    id,
    accountId: id,
    at: fc.constantFrom(
      '2026-06-10T12:00:00Z',
      '2026-06-10T12:00:00.123456+02:00',
      '2024-02-29T23:59:59.999Z',
    ),
    backfill: fc.boolean(),
    items: fc.array(fc.oneof(item, gaugeItem), { minLength: 1, maxLength: 3 }),
    ...dimensions,
  },
  { requiredKeys: ['id', 'accountId', 'items'] },
);

/** A valid value with one place changed, removed or added to, at any depth. */
function spoiled(valid: fc.Arbitrary<object>): fc.Arbitrary<unknown> {
  return fc
    .tuple(valid, fc.array(fc.nat(10), { maxLength: 4 }), odd, fc.constantFrom('change', 'remove', 'add'))
    .map(([value, path, replacement, how]) => {
      const copy = structuredClone(value);
      let parent: Record<string, unknown> = copy as Record<string, unknown>;
      let key = pick(parent, path[0] ?? 0);
      for (const step of path.slice(1)) {
        const child = parent[key];
        if (typeof child !== 'object' || child === null || Object.keys(child).length === 0) break;
        parent = child as Record<string, unknown>;
        key = pick(parent, step);
      }
      if (how === 'add') parent[`extra${String(replacement).slice(0, 3)}`] = replacement;
      else if (how === 'remove' && !Array.isArray(parent)) delete parent[key];
      else parent[key] = replacement;
      return copy;
    });
}

function pick(value: object, index: number): string {
  const keys = Object.keys(value);
  return keys[index % keys.length] ?? '';
}

describe('checking by hand', () => {
  it.each([
    ['a use request', request, isUseRequest, useRequest],
    ['an event', event, isUsageEvent, usageEvent],
  ] as const)('takes %s exactly where the schema does', (_name, valid, isValid, schema) => {
    let taken = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.oneof(valid, spoiled(valid), fc.jsonValue()), (value) => {
        const expected = schema.safeParse(value).success;
        if (expected) taken += 1;
        else refused += 1;
        expect(isValid(value)).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
    expect(Math.min(taken, refused)).toBeGreaterThan(100);
  });

  it('refuses what only looks like it: lists, nothing, texts', () => {
    for (const value of [null, undefined, [], 'x', 1, true, [{ accountId: 'acme', items: [] }]]) {
      expect(isUseRequest(value)).toBe(false);
      expect(isUsageEvent(value)).toBe(false);
    }
  });
});
