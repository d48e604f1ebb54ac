import { createClient } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import { expect, it } from 'vitest';

it('gives the later answer to the later question, whichever comes first', async () => {
  const mock = createUsageKitMock();
  const client = createClient({ baseUrl: '/api', fetch: mock.fetch, getToken: () => mock.tokenFor() });
  const hold = mock.hold('GET *credits', { at: 'answer' });
  const early = client.credits('acme');
  await hold.arrived();
  await mock.account().spend(80);
  const late = client.credits('acme');
  await hold.arrived(2);
  hold.release();
  expect([(await early).available, (await late).available]).toEqual(['380', '300']);
});
