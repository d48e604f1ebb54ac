import { createUsageKitMock } from '@usagekit/react/testing';
import { handlers } from '@usagekit/react/testing/msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

const mock = createUsageKitMock();
const server = setupServer(...handlers(mock, 'https://usage.test', { as: 'owner' }));
beforeAll(() => server.listen());
afterEach(() => mock.reset());
afterAll(() => server.close());

it('answers the platform’s fetch in Node', async () => {
  const response = await fetch('https://usage.test/v1/accounts/acme/credits');
  expect(await response.json()).toMatchObject({ available: '380' });
  await expect(mock).toHaveAvailable(380);
});
