import { render, screen, waitFor } from '@testing-library/react';
import { UsageKitProvider } from '@usagekit/react';
import { createUsageKitMock, type UsageKitMock } from '@usagekit/react/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Balance, SummaryCredits, TaskNames } from './figures.tsx';

function show(mock: UsageKitMock) {
  render(
    <UsageKitProvider client={mock.client()} session={mock.session()}>
      <Balance />
      <SummaryCredits />
      <TaskNames />
    </UsageKitProvider>,
  );
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
