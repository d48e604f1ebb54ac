const { createClient } = require('@usagekit/react');
const { createUsageKitMock } = require('@usagekit/react/testing');
const { listen } = require('@usagekit/react/testing/node');

const mock = createUsageKitMock({ scenario: 'lowCredits' });
beforeEach(() => mock.reset());

test('asks the mock as a backend does', async () => {
  await mock.fetch('https://usage.test/v1/consume', {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${mock.secretKey}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': 'key-1',
    },
    body: JSON.stringify({ accountId: 'acme', items: [{ tool: 'search', calls: 4 }] }),
  });
  expect(mock).toHaveConsumed({ tool: 'search', amount: 4, times: 1 });
  await expect(mock).toHaveAvailable(98);
});

test('begins each test with a new server, and asks over a port', async () => {
  const { url, close } = await listen(mock, { as: 'owner' });
  const client = createClient({ baseUrl: url, getToken: () => mock.tokenFor() });
  expect((await client.credits('acme')).available).toBe('100');
  await close();
});
