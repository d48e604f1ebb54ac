import { apiBounds } from '@usagekit/server/contract';
import { expect, it } from 'vitest';
import { createTestServer } from '../support/test-server.ts';

it('F21: HEAD opens no stream, so that it takes none of those that an account may have', async () => {
  const server = createTestServer();
  await server.account();
  const token = await server.member('acme', 'mia');
  for (let count = 0; count <= apiBounds.streamsPerMemberMax; count++) {
    const answered = await server.send('HEAD', '/v1/accounts/acme/stream', undefined, { token });
    expect([answered.status, answered.headers.get('allow')]).toEqual([405, 'GET']);
  }
  const stream = await server.app.fetch(
    new Request('http://usage.test/v1/accounts/acme/stream', {
      headers: { authorization: `Bearer ${token}` },
    }),
  );
  expect(stream.status).toBe(200);
  await stream.body?.cancel();
});

it('answers HEAD as GET, without the body', async () => {
  const server = createTestServer();
  await server.account();
  const answered = await server.send('HEAD', '/v1/accounts/acme/summary');
  expect([answered.status, answered.text]).toEqual([200, '']);
});
