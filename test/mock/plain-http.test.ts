import { newIdempotencyKey } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import { listen } from '@usagekit/react/testing/node';
import { type CreatedKey, headers, paths } from '@usagekit/server/contract';
import { expect, it, onTestFinished, vi } from 'vitest';

it('F27: works where a page over plain HTTP has no Web Crypto but random numbers', async () => {
  const { crypto } = globalThis;
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const mock = createUsageKitMock({ scenario: 'pastDue', afterEach: onTestFinished });
  await expect(mock.client().credits('acme')).resolves.toMatchObject({ available: '1040' });
  const key = await mock.backend.send<CreatedKey>('POST', paths.keys, { kind: 'secret', label: 'Further' });
  const answer = await mock.fetch(paths.consume, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${key.secret}`,
      'Content-Type': 'application/json',
      [headers.idempotencyKey]: newIdempotencyKey(),
    },
    body: JSON.stringify({ accountId: 'acme', items: [{ tool: 'work', calls: 1 }] }),
  });
  expect(answer.status).toBe(200);
});

it('F27: listens for other machines', async () => {
  const mock = createUsageKitMock({ afterEach: onTestFinished });
  const { url, close } = await listen(mock, { host: '0.0.0.0', as: 'owner' });
  onTestFinished(close);
  expect((await fetch(`${url}${paths.credits('acme')}`)).status).toBe(200);
});
