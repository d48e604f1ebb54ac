import { createClient } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import { handlers } from '@usagekit/react/testing/msw';
import { describe, expect, it, onTestFinished } from 'vitest';

type Handlers = ReturnType<typeof handlers>;

/** One major of MSW under Node, as its own `setupServer` makes it. */
export interface MswUnderTest {
  name: string;
  /** Of the package that is installed under this name. */
  version: string;
  setupServer(...handlers: Handlers): { listen(): unknown; close(): unknown };
  /** The class that this major's handlers are of. */
  HttpHandler: abstract new (
    ...parameters: never[]
  ) => unknown;
}

const base = 'https://usage.test/billing';

/** What the mock's handlers promise in every major that the SDK's peer range names. */
export function describeMockInMsw({ name, version, setupServer, HttpHandler }: MswUnderTest): void {
  /** The app under test asks with the platform's own `fetch`; MSW stands between. */
  function setUp(options?: Parameters<typeof createUsageKitMock>[0]) {
    const mock = createUsageKitMock({ ...options, afterEach: onTestFinished });
    const server = setupServer(...handlers(mock, base));
    server.listen();
    onTestFinished(async () => {
      await server.close();
    });
    return { mock, client: createClient({ baseUrl: base, getToken: () => mock.tokenFor() }) };
  }

  describe(`the mock in ${name} under Node`, () => {
    it(`F8: makes handlers of ${name}`, () => {
      expect(`MSW ${version}`).toMatch(new RegExp(`^${name}\\.`));
      const made = handlers(createUsageKitMock({ afterEach: onTestFinished }), base);
      expect(made.map((handler) => handler instanceof HttpHandler)).toEqual([true]);
    });

    it('F8: answers the platform’s fetch', async () => {
      const { client } = setUp({ scenario: 'nearLimit' });
      await expect(client.summary('acme')).resolves.toMatchObject({ credits: { available: '80' } });
    });

    it('F8: passes bodies on and problems back', async () => {
      const { client } = setUp({ scenario: 'outOfCredits' });
      const answer = await client.check({ accountId: 'acme', items: [{ tool: 'work', calls: 1 }] });
      expect(answer).toMatchObject({ allowed: false, refusal: { reason: 'insufficient_credits' } });
      await expect(client.task('acme', 'no-such-task')).rejects.toMatchObject({ code: 'not_found' });
    });

    it('F8: streams changes, and ends the stream when the reader goes', async () => {
      const { mock, client } = setUp();
      const controller = new AbortController();
      const stream = await client.openStream('acme', { signal: controller.signal });
      const reader = stream.getReader();
      const decoder = new TextDecoder();
      const readUntil = async (text: string) => {
        let all = '';
        while (!all.includes(text)) {
          const { value, done } = await reader.read();
          if (done) throw new Error(`The stream ended before ${text}: ${all}`);
          all += decoder.decode(value, { stream: true });
        }
        return all;
      };
      await readUntil('"hello"');
      expect(mock.openStreams()).toBe(1);
      await mock.account().spend(30);
      expect(await readUntil('"change"')).toContain('"available":"350"');
      controller.abort();
      await expect.poll(() => mock.openStreams()).toBe(0);
    });

    it('F8: shows an offline network as fetch does', async () => {
      const { mock, client } = setUp();
      mock.fault({ on: 'GET *usage', kind: 'offline' });
      await expect(client.usage('acme')).rejects.toMatchObject({ code: 'network_error' });
    });
  });
}
