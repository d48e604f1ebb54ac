import type { EventsAnswer } from '@usagekit/server/contract';
import { expect, it } from 'vitest';
import { createTestServer } from '../support/test-server.ts';

const largest = '1000000000';
const event = (id: number, item: object, more: object = {}) => ({
  id: `e-${id}`,
  accountId: 'acme',
  items: Array.from({ length: 50 }, () => item),
  ...more,
});

it.each([
  ['backfill', { metric: 'emails', quantity: largest }, { backfill: true }],
  ['changes of a gauge', { metric: 'storage', quantity: largest, op: 'add' }, {}],
  ['counters', { metric: 'exports', quantity: largest }, {}],
])(
  'F21, L5: %s beyond what an account can hold are rejected before they are acknowledged',
  async (_what, item, more) => {
    const server = createTestServer();
    await server.account();
    const events = Array.from({ length: 30 }, (_, id) => event(id, item, more));
    const { status, body } = await server.post<EventsAnswer>('/v1/events', { events });
    expect([status, body.accepted]).toEqual([200, 20]);
    expect(body.rejected.map(({ index, code }) => [index, code])).toEqual(
      Array.from({ length: 10 }, (_, index) => [index + 20, 'amount_out_of_range']),
    );
  },
);
