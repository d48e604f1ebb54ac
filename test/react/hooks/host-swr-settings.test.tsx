import { act, render, screen } from '@testing-library/react';
import { UsageKitProvider, useCreditBalance } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import type { ReactNode } from 'react';
import useSWR, { type Cache, type Middleware, mutate, type State, SWRConfig } from 'swr';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { figures } from './figures.tsx';

function createKit() {
  const mock = createUsageKitMock({ afterEach: onTestFinished });
  const client = mock.client();
  const Kit = ({ children }: { children: ReactNode }) => (
    <UsageKitProvider client={client} session={mock.session()}>
      {children}
    </UsageKitProvider>
  );
  return { mock, Kit };
}

describe.each(figures)("the host's own SWR settings, with $of,", ({ Figure, acme }) => {
  it('F10: that pause everything do not pause the hooks', async () => {
    const { Kit } = createKit();
    render(
      <SWRConfig value={{ isPaused: () => true, revalidateOnMount: false, isOnline: () => false }}>
        <Kit>
          <Figure />
        </Kit>
      </SWRConfig>,
    );
    expect(await screen.findByText(acme)).toBeVisible();
  });

  it('F10: with suspense do not suspend the hooks', () => {
    const { Kit } = createKit();
    render(
      <SWRConfig value={{ suspense: true }}>
        <Kit>
          <Figure />
        </Kit>
      </SWRConfig>,
    );
    expect(screen.getByText('loading -')).toBeVisible();
  });

  it('F10: with a fetcher, a fallback and a comparison of its own change nothing', async () => {
    const { Kit } = createKit();
    const fetcher = vi.fn(async () => ({ available: 'host' }));
    render(
      <SWRConfig value={{ fetcher, compare: () => true, keepPreviousData: true, fallback: { anything: 1 } }}>
        <Kit>
          <Figure />
        </Kit>
      </SWRConfig>,
    );
    expect(await screen.findByText(acme)).toBeVisible();
    expect(fetcher).not.toHaveBeenCalled();
  });

  it('F10: with middleware never see our keys or answers', async () => {
    const { Kit } = createKit();
    const seen = vi.fn();
    const spy: Middleware = (next) => (key, fetcher, config) => {
      seen(key);
      return next(key, fetcher, config);
    };
    render(
      <SWRConfig value={{ use: [spy], onSuccess: seen, onError: seen }}>
        <Kit>
          <Figure />
        </Kit>
      </SWRConfig>,
    );
    expect(await screen.findByText(acme)).toBeVisible();
    expect(seen).not.toHaveBeenCalled();
  });

  it("F10: hold for the host's own hooks beneath the provider, whose cache gets none of our figures", async () => {
    const { Kit } = createKit();
    const cache = new Map<string, State>();
    function Todos() {
      const { data } = useSWR<string>('/api/todos');
      return <output aria-label="todos">{data}</output>;
    }
    render(
      <SWRConfig value={{ provider: () => cache as Cache, fetcher: async (key: string) => `of ${key}` }}>
        <Kit>
          <Todos />
          <Figure />
        </Kit>
      </SWRConfig>,
    );
    expect(await screen.findByText(acme)).toBeVisible();
    expect(await screen.findByText('of /api/todos')).toBeVisible();
    expect([...cache.keys()]).toEqual(['/api/todos']);
  });

  it('F10: with a whole mutate do not reach our cache', async () => {
    const { Kit } = createKit();
    render(
      <Kit>
        <Figure />
      </Kit>,
    );
    await screen.findByText(acme);
    const reached: unknown[] = [];
    const reach = (key: unknown) => reached.push(key) > 0;
    await act(() => mutate(reach, undefined, { revalidate: true }));
    expect(reached).toEqual([]);
    expect(screen.getByText(acme)).toBeVisible();
  });
});

describe('a hook outside of a provider', () => {
  it('says what is missing and what to do', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    function Lost() {
      useCreditBalance();
      return null;
    }
    expect(() => render(<Lost />)).toThrow(/no <UsageKitProvider> around.*`data`/);
  });
});
