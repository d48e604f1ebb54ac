import { render, screen, waitFor } from '@testing-library/react';
import { createClient, UsageKitProvider, useMembers } from '@usagekit/react';
import { createUsageKitMock, type UsageKitMock } from '@usagekit/react/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Balance, Spent, SummaryCredits, TaskNames } from './figures.tsx';

function show(mock: UsageKitMock) {
  render(
    <UsageKitProvider client={mock.client()} session={mock.session()}>
      <Balance />
      <SummaryCredits />
      <TaskNames />
      <Members />
    </UsageKitProvider>,
  );
}

function Members() {
  const { data } = useMembers();
  return <output aria-label="members">{data?.items.length}</output>;
}

const figure = (name: string) => screen.getByLabelText(name);

/** The figures are there and the stream is open. */
async function settle(mock: UsageKitMock) {
  await waitFor(() => expect(figure('balance')).toHaveTextContent('ready 380'));
  await waitFor(() => expect(figure('summary')).toHaveTextContent('ready 380'));
  await waitFor(() => expect(mock.requests('GET *stream').map(({ status }) => status)).toEqual([200]));
}

describe('a change on the server', () => {
  it('F5: moves every widget within a second', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    show(mock);
    await settle(mock);
    await mock.account().spend(25);
    await waitFor(() => expect(figure('balance')).toHaveTextContent('ready 355'), { timeout: 1_000 });
    await waitFor(() => expect(figure('summary')).toHaveTextContent('ready 355'), { timeout: 1_000 });
  });

  it('F5: moves the summary by the message itself, before anything is asked for', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    show(mock);
    await settle(mock);
    mock.fault({ on: 'GET *summary', kind: 'timeout' });
    await mock.account().spend(25);
    await waitFor(() => expect(figure('summary')).toHaveTextContent('ready 355'));
  });

  it('F5: a hundred of them end in the right figures with few requests', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    show(mock);
    await settle(mock);
    const asked = mock.requests('GET *credits').length;
    for (let use = 0; use < 100; use += 1) await mock.account().spend(1);
    await waitFor(() => expect(figure('balance')).toHaveTextContent('ready 280'));
    expect(mock.requests('GET *credits').length - asked).toBeLessThan(20);
  });

  it('F5: costs no request where its message carries all that is shown', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    show(mock);
    await settle(mock);
    const asked = mock.requests().length;
    for (let use = 0; use < 20; use += 1) await mock.account().spend(1);
    await mock.account().runTask('One more', { memberId: 'owner' });
    await waitFor(() => expect(figure('tasks')).toHaveTextContent('ready 11 more'));
    await waitFor(() => expect(figure('balance')).toHaveTextContent('ready 360'));
    expect(mock.requests()).toHaveLength(asked);
  });

  it('F5: asks each address once on the way in', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    show(mock);
    await settle(mock);
    await waitFor(() => expect(figure('members')).not.toBeEmptyDOMElement());
    await new Promise((resolve) => setTimeout(resolve, 200));
    const paths = mock.requests().map(({ path }) => path);
    expect(paths).toHaveLength(new Set(paths).size);
  });

  it('that came while an answer was on its way is not undone by that answer', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const answer = await mock.fetch(input, init);
      if (String(input).endsWith('/credits')) await held;
      return answer;
    };
    const client = createClient({ baseUrl: 'https://usage.test', fetch, getToken: () => mock.tokenFor() });
    render(
      <UsageKitProvider client={client} session={mock.session()}>
        <Balance />
        {/* The stream is opened once one answer is there. */}
        <Spent />
      </UsageKitProvider>,
    );
    await waitFor(() => expect(mock.requests('GET *stream').map(({ status }) => status)).toEqual([200]));
    await mock.account().spend(25);
    await waitFor(() => expect(figure('balance')).toHaveTextContent('ready 355'));
    release();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(figure('balance')).toHaveTextContent('ready 355');
    expect(mock.requests('GET *credits')).toHaveLength(1);
  });

  it('F5: is seen when the bytes of the stream come one by one', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    mock.fault({ on: 'GET *stream', kind: 'slow_stream' });
    show(mock);
    await settle(mock);
    await mock.account().spend(25);
    await waitFor(() => expect(figure('balance')).toHaveTextContent('ready 355'));
  });

  it('that was missed while the line was down is seen when it is back', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    const mend = mock.fault({ on: 'GET *stream', kind: 'offline' });
    show(mock);
    await waitFor(() => expect(figure('balance')).toHaveTextContent('ready 380'));
    await mock.account().spend(25);
    mend();
    await waitFor(() => expect(figure('balance')).toHaveTextContent('ready 355'), { timeout: 4_000 });
  });
});
