import { act, render, screen, waitFor } from '@testing-library/react';
import { createClient, type Session, UsageKitProvider } from '@usagekit/react';
import { createUsageKitMock, type UsageKitMock } from '@usagekit/react/testing';
import type { ReactNode } from 'react';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sessionStoreOf } from '../../../sdk/src/provider/session-store.ts';
import { Cost, LedgerPages, Spent } from './figures.tsx';

function show(mock: UsageKitMock, children: ReactNode) {
  const client = mock.client();
  const page = (session: Session | null, content = children) => (
    <UsageKitProvider client={client} session={session}>
      {content}
    </UsageKitProvider>
  );
  const { rerender, unmount } = render(page(mock.session()));
  return {
    enter: (session: Session | null) => rerender(page(session)),
    put: (content: ReactNode) => rerender(page(mock.session(), content)),
    unmount,
  };
}

const createMock = () => createUsageKitMock({ afterEach: onTestFinished });
const figure = (name: string) => screen.getByLabelText(name);
const shows = (name: string, text: string | RegExp) =>
  waitFor(() => expect(figure(name)).toHaveTextContent(text));
const click = (name: string) => act(() => screen.getByRole('button', { name }).click());
const streamIsOpen = (mock: UsageKitMock) =>
  waitFor(() => expect(mock.requests('GET *stream').map(({ status }) => status)).toContain(200));

describe('an answer that is asked for again', () => {
  it('F5: moves within a second of a debit', async () => {
    const mock = createMock();
    show(mock, <Spent />);
    await shows('spent', 'ready 620');
    await streamIsOpen(mock);
    await mock.account().spend(30);
    await waitFor(() => expect(figure('spent')).toHaveTextContent('ready 650'), { timeout: 1_000 });
  });

  it('F5: is asked for few times however much happens', async () => {
    const mock = createMock();
    show(mock, <Spent />);
    await shows('spent', 'ready 620');
    await streamIsOpen(mock);
    const asked = mock.requests('GET *series').length;
    for (let use = 0; use < 50; use += 1) await mock.account().spend(1);
    await shows('spent', 'ready 670');
    expect(mock.requests('GET *series').length - asked).toBeLessThan(15);
  });

  it('keeps the last figures and marks them stale while a refresh fails, until one succeeds', async () => {
    const mock = createMock();
    show(mock, <Spent />);
    await shows('spent', 'ready 620');
    await streamIsOpen(mock);
    const mend = mock.fault({ on: 'GET *series', kind: 'html_500' });
    await mock.account().spend(30);
    await shows('spent', 'stale 620');
    mend();
    await shows('spent', 'ready 650');
  });

  it('asks for nothing while there is nothing to ask, and once for each question', async () => {
    const mock = createMock();
    const { put } = show(mock, <Cost calls={null} />);
    await shows('cost', 'loading -');
    expect(mock.requests()).toHaveLength(0);
    put(<Cost calls={5} />);
    await shows('cost', 'ready 5');
    put(<Cost calls={7} />);
    expect(figure('cost')).toHaveTextContent('loading -');
    await shows('cost', 'ready 7');
    put(<Cost calls={5} />);
    expect(figure('cost')).toHaveTextContent('ready 5');
  });

  it('leaves nothing behind once its session has ended, not even what comes later', async () => {
    const mock = createMock();
    let gate = Promise.resolve();
    let waiting = 0;
    const fetch: typeof globalThis.fetch = async (...request) => {
      const answer = await mock.fetch(...request);
      waiting += 1;
      await gate;
      waiting -= 1;
      return answer;
    };
    const client = createClient({ baseUrl: 'https://usage.test', fetch, getToken: () => mock.tokenFor() });
    const page = (session: Session | null) => (
      <UsageKitProvider client={client} session={session}>
        <Spent />
        <LedgerPages />
      </UsageKitProvider>
    );
    const { rerender } = render(page(mock.session()));
    await shows('spent', 'ready 620');
    await shows('ledger', 'ready 10 more');
    click('More');
    await shows('ledger', 'ready 20 more');
    await streamIsOpen(mock);
    await waitFor(() => expect(waiting).toBe(0));
    const { cache } = sessionStoreOf(client, mock.session());
    const kept = () =>
      cache.read('ledger', { limit: 10 }).data ?? cache.read('series', { metric: 'credits' }).data;
    expect(kept()).toBeDefined();

    let open = () => {};
    gate = new Promise((resolve) => {
      open = resolve;
    });
    await mock.account().spend(30);
    await waitFor(() => expect(waiting).toBeGreaterThanOrEqual(1));
    rerender(page(null));
    await waitFor(() => expect(kept()).toBeUndefined());
    await act(async () => open());
    await waitFor(() => expect(waiting).toBe(0));
    await act(() => new Promise((resolve) => setTimeout(resolve)));
    expect(kept()).toBeUndefined();
  });
});

describe('a list of the ledger', () => {
  it('adds the next page to what is shown, none twice, and asks for no page again', async () => {
    const mock = createMock();
    show(mock, <LedgerPages />);
    await shows('ledger', 'ready 10 more');
    await streamIsOpen(mock);
    const asked = () => mock.requests('GET *ledger').length;
    const before = asked();
    click('More');
    await shows('ledger', 'ready 20 more');
    click('More');
    await shows('ledger', 'ready 30 more');
    expect(asked() - before).toBeLessThanOrEqual(3);
  });

  it('ends where the list ends', async () => {
    const mock = createUsageKitMock({ scenario: 'fresh', afterEach: onTestFinished });
    for (let use = 0; use < 14; use += 1) await mock.account().spend(1);
    show(mock, <LedgerPages />);
    await shows('ledger', 'ready 10 more');
    click('More');
    await shows('ledger', /^ready 1\d all$/);
  });

  it('F5: takes up entries that are added meanwhile without a request, and keeps all its items, none twice', async () => {
    const mock = createMock();
    show(mock, <LedgerPages />);
    await shows('ledger', 'ready 10 more');
    click('More');
    await shows('ledger', 'ready 20 more');
    await streamIsOpen(mock);
    const asked = mock.requests('GET *ledger').length;
    for (let use = 0; use < 3; use += 1) await mock.account().spend(1);
    await shows('ledger', 'ready 23 more');
    expect(mock.requests('GET *ledger')).toHaveLength(asked);
    click('More');
    await shows('ledger', 'ready 33 more');
  });

  it('keeps what is shown where the next page fails, says so, and takes it up again', async () => {
    const mock = createMock();
    show(mock, <LedgerPages />);
    await shows('ledger', 'ready 10 more');
    await streamIsOpen(mock);
    const mend = mock.fault({ on: 'GET *ledger', kind: 'offline' });
    click('More');
    await shows('ledger', 'ready 10 more network_error');
    mend();
    click('More');
    await shows('ledger', 'ready 20 more');
    expect(figure('ledger')).not.toHaveTextContent('network_error');
  });

  it('is stale where a refresh fails', async () => {
    const mock = createMock();
    show(mock, <LedgerPages />);
    await shows('ledger', 'ready 10 more');
    await streamIsOpen(mock);
    mock.fault({ on: 'GET *ledger', kind: 'offline' });
    click('Refresh');
    await shows('ledger', 'stale 10 more');
  });

  it('goes on in the account that it was switched to', async () => {
    const mock = createMock();
    await mock.addAccount('globex', { planId: 'pro' });
    for (let use = 0; use < 24; use += 1) await mock.account('globex').spend(1);
    const { enter } = show(mock, <LedgerPages />);
    await shows('ledger', 'ready 10 more');
    click('More');
    await shows('ledger', 'ready 20 more');
    enter(mock.session({ accountId: 'globex' }));
    expect(figure('ledger')).toHaveTextContent('loading');
    await shows('ledger', 'ready 10 more');
    click('More');
    await shows('ledger', 'ready 20 more');
    click('More');
    await shows('ledger', /^ready 2\d all$/);
  });
});
