import { expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer } from '../support/test-server.ts';

/** More metrics than a reader of an error looks through. */
const many = Array.from({ length: 40 }, (_, index) => ({
  id: `counted_${index}`,
  label: `Counted ${index}`,
  unit: { one: 'unit', other: 'units' },
}));
const items = [{ metric: 'faxes', quantity: '1' }];

const told = { method: 'POST', pointer: '/items/0/metric' };
const ways: readonly {
  readonly path: string;
  readonly body?: object;
  readonly method: string;
  readonly pointer: string;
}[] = [
  { ...told, path: '/v1/consume', body: { accountId: 'acme', items } },
  { ...told, path: '/v1/check', body: { accountId: 'acme', items } },
  { ...told, path: '/v1/holds', body: { accountId: 'acme', items } },
  {
    method: 'PUT',
    path: '/v1/accounts/acme/members/ada',
    body: { role: 'member', allocations: { faxes: '1' } },
    pointer: '/allocations/faxes',
  },
  {
    method: 'PUT',
    path: '/v1/accounts/acme/additional-use/faxes',
    body: { mode: 'off' },
    pointer: '/metric',
  },
  { method: 'PUT', path: '/v1/accounts/acme/limits/faxes', body: { limit: '1' }, pointer: '/metric' },
  { method: 'PUT', path: '/v1/accounts/acme/alerts/faxes', body: { amounts: ['1'] }, pointer: '/metric' },
  {
    method: 'POST',
    path: '/v1/accounts/acme/grants',
    body: { amount: '1', scope: { metrics: ['faxes'] } },
    pointer: '/scope/metrics/0',
  },
  {
    method: 'GET',
    path: '/v1/accounts/acme/usage/series?metric=faxes&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z',
    pointer: '?metric',
  },
];

interface Refused {
  readonly code: string;
  readonly detail: string;
  readonly invalidParameters: readonly { readonly pointer: string; readonly accepted: string }[];
}

const server = createTestServer({
  catalog: { ...smallCatalogConfig, metrics: [...smallCatalogConfig.metrics, ...many] },
});

it('an unknown metric is refused in the same words on every way in, with its place and a list that ends', async () => {
  await server.account();
  await server.member('acme', 'ada');
  for (const { method, path, body, pointer } of ways) {
    const { status, body: problem } = await server.send<Refused>(method, path, body, {
      key: `key-of${path.replaceAll('/', '-').split('?')[0]}`,
    });
    expect(problem, `${method} ${path}`).toMatchObject({
      code: 'unknown_metric',
      detail: "The catalog has no metric 'faxes'",
      invalidParameters: [{ pointer, accepted: expect.stringMatching(/, and \d+ more$/) }],
    });
    expect(status, path).toBe(422);
  }
});

it('so is one that an event reports, whose rejection has the same words', async () => {
  const at = new Date(server.clock.nowMs()).toISOString();
  for (const item of [...items, { metric: 'faxes', quantity: '1', op: 'set' }]) {
    const { body } = await server.post<{ rejected: readonly Refused[] }>('/v1/events', {
      events: [{ id: 'e-1', at, accountId: 'acme', items: [item] }],
    });
    expect(body.rejected).toMatchObject([
      {
        code: 'unknown_metric',
        detail: expect.stringMatching(
          /^The catalog has no metric 'faxes'; accepted at \/items\/0\/metric: .*, and \d+ more$/,
        ),
      },
    ]);
  }
});
