import { act, render, screen, waitFor } from '@testing-library/react';
import { UsageKitProvider, useCheck, useDiagnosis, usePurchase, useUsage } from '@usagekit/react';
import { createUsageKitMock } from '@usagekit/react/testing';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Balance } from './figures.tsx';

beforeEach(() => {
  sessionStorage.clear();
});

function Standing() {
  const check = useCheck({ items: [{ tool: 'work', calls: 5 }] });
  const usage = useUsage();
  const diagnosis = useDiagnosis();
  const purchase = usePurchase();
  return (
    <>
      <output aria-label="gate">{check.data ? (check.data.allowed ? 'open' : 'shut') : '-'}</output>
      <output aria-label="usage">{usage.data?.credits?.available ?? '-'}</output>
      <output aria-label="diagnosis">{diagnosis.data ? diagnosis.data.findings.length : '-'}</output>
      <button type="button" onClick={() => void purchase.buy('pack-500')}>
        Buy
      </button>
    </>
  );
}

describe('a purchase where no stream gets through', () => {
  it('F5: opens the gate and moves every figure at once, without a poll', async () => {
    const mock = createUsageKitMock({ scenario: 'outOfCredits', afterEach: onTestFinished });
    await mock.addPaymentMethod();
    mock.fault({ on: 'GET *stream', kind: 'offline' });
    render(
      <UsageKitProvider client={mock.client()} session={mock.session()}>
        <Balance />
        <Standing />
      </UsageKitProvider>,
    );
    const figure = (name: string) => screen.getByLabelText(name);
    await waitFor(() => expect(figure('gate')).toHaveTextContent('shut'), { timeout: 5_000 });
    await waitFor(() => expect(mock.requests('GET *stream').length).toBeGreaterThan(0));
    const before = figure('diagnosis').textContent;
    act(() => screen.getByRole('button', { name: 'Buy' }).click());
    await waitFor(() => expect(figure('gate')).toHaveTextContent('open'), { timeout: 5_000 });
    await waitFor(() => expect(figure('usage')).toHaveTextContent(/^5\d\d$/));
    await waitFor(() => expect(figure('balance')).toHaveTextContent(/ 5\d\d$/));
    await waitFor(() => expect(figure('diagnosis').textContent).not.toBe(before));
  });
});
