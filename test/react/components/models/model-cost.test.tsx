import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ModelCost } from '@usagekit/react';
import { cleanupUsageKit, createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import type { CheckAnswer, Item, ModelList } from '@usagekit/server/contract';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';

/** 2 credits in and 8 out for 1,000 tokens, 1 a call of `work`. */
const items: Item[] = [
  { model: 'standard-1', inputTokens: 10_000, outputTokens: 1_000 },
  { tool: 'work', calls: 3 },
];

const mockNow = () => createUsageKitMock({ afterEach: onTestFinished });
const widget = () => document.querySelector<HTMLElement>('[data-widget="model-cost"]');
const whenWidgetIs = (state: string) => waitFor(() => expect(widget()?.dataset.state).toBe(state));

afterEach(cleanupUsageKit);

describe('ModelCost', () => {
  it('F4: shows what a run costs before it is made, of what, and what it leaves', async () => {
    const mock = mockNow();
    renderWithUsageKit(<ModelCost use={{ items }} />, { mock });
    await whenWidgetIs('ready');
    expect(widget()).toHaveTextContent('31 credits');
    expect(widget()).toHaveTextContent('Leaves 349 of the 380 credits available.');
    const lines = [...(widget()?.querySelectorAll('dd') ?? [])].map(({ textContent }) => textContent);
    expect(lines.map(Number).reduce((sum, amount) => sum + amount)).toBe(31);
    expect((await mock.account().credits()).available).toBe('380');
  });

  it('F4: follows the balance, and says before the run that it would be refused and what to do', async () => {
    const mock = mockNow();
    const onAction = vi.fn();
    renderWithUsageKit(<ModelCost use={{ items }} onAction={onAction} />, { mock });
    await whenWidgetIs('ready');
    await mock.account().spendDownTo(30);
    await whenWidgetIs('refused');
    expect(widget()).toHaveTextContent('Not enough left for this run');
    expect(widget()).toHaveTextContent('30 credits available, 31 credits needed.');
    expect(widget()).not.toHaveTextContent('Leaves');
    await userEvent.click(screen.getByRole('button', { name: 'Buy credits' }));
    expect(onAction).toHaveBeenCalledWith(expect.objectContaining({ kind: 'buy_credits' }));
  });

  it('F4: says in one line what a run costs at most and what it leaves', async () => {
    renderWithUsageKit(<ModelCost form="inline" isMost use={{ items }} />, { mock: mockNow() });
    await whenWidgetIs('ready');
    expect(widget()).toHaveTextContent(/^Up to 31 credits ?leaves 349$/);
  });

  it('C9: shows the price and tier of a model where no run is planned', async () => {
    renderWithUsageKit(<ModelCost model="standard-1" />, { mock: mockNow() });
    await whenWidgetIs('ready');
    expect(widget()).toHaveTextContent('Standard 1');
    expect(widget()).toHaveTextContent('example · Standard');
    expect(widget()).toHaveTextContent('2 credits in, 8 credits out, per 1,000 tokens');
  });

  it('F25: a price of many kinds is told whole: cache, reasoning, context and service tiers', () => {
    const data: ModelList = {
      items: [
        {
          id: 'deep',
          label: 'Deep',
          provider: 'acme',
          tierLabel: 'Standard',
          unit: 'USD',
          perRequest: null,
          inputPer1000: '0.003',
          outputPer1000: '0.015',
          cachedPer1000: '0.0003',
          rates: [
            { of: 'input', amount: '3', per: 1_000_000 },
            { of: 'output', amount: '15', per: 1_000_000 },
            { of: 'cached', amount: '0.3', per: 1_000_000 },
            { of: 'cacheWriteHour', amount: '6', per: 1_000_000 },
          ],
          contextTiers: [{ above: 200_000, rates: [{ of: 'input', amount: '6', per: 1_000_000 }] }],
          serviceTiers: [{ id: 'batch', factor: '0.5' }],
          available: true,
          cheapest: false,
        },
      ],
      creditLabel: { one: 'credit', other: 'credits' },
      asOf: '2026-11-22T13:05:00.000Z',
    };
    render(<ModelCost model="deep" data={data} />);
    expect([...(widget()?.querySelectorAll('li') ?? [])].map(({ textContent }) => textContent)).toEqual([
      '$0.30 per 1,000,000 tokens read from a cache',
      '$6.00 per 1,000,000 tokens written to a cache for an hour',
      'Above 200,000 input tokens: $6.00 per 1,000,000 input tokens',
      'batch: 0.5 times as much',
    ]);
  });

  it('A6: shows nothing in a line to a role that may not see what things cost', async () => {
    const mock = mockNow();
    const { container } = renderWithUsageKit(<ModelCost form="inline" use={{ items }} />, {
      mock,
      role: 'viewer',
    });
    await waitFor(() => expect(mock.requests('POST *check').some(({ status }) => status === 403)).toBe(true));
    await waitFor(() => expect(container).toBeEmptyDOMElement());
  });

  it('offers to try again where the cost could not be had', async () => {
    const mock = mockNow();
    const mend = mock.fault({ on: 'POST *check', kind: 'problem' });
    renderWithUsageKit(<ModelCost form="inline" use={{ items }} />, { mock });
    await screen.findByText('Cost not known');
    mend();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await whenWidgetIs('ready');
  });

  const answer = (fields: Partial<CheckAnswer['cost']>): CheckAnswer => ({
    allowed: true,
    cost: { amount: '0', unit: 'credits', lineItems: [], ...fields },
    refusal: null,
    remaining: { credits: { available: '380', held: '0', unit: 'credits' }, metrics: [], windows: [] },
    creditLabel: { one: 'credit', other: 'credits' },
    asOf: '2026-11-22T13:05:00.000Z',
  });

  it('D4: says that the account’s own key covers a run that costs nothing because of it', () => {
    const llm = {
      kind: 'llm',
      label: 'Core',
      quantity: '9',
      unit: 'tokens',
      amount: '0',
      ownKey: true,
    } as const;
    render(<ModelCost use={{ items }} data={answer({ lineItems: [llm] })} />);
    expect(widget()?.dataset.state).toBe('own_key');
    expect(widget()).toHaveTextContent('Covered by your own key');
    expect(widget()).not.toHaveTextContent(/Leaves|No cost/);
  });

  it('D4: says that a run is charged here where the account’s own key is for another provider', () => {
    const llm = { kind: 'llm', label: 'Core', quantity: '9', unit: 'tokens', amount: '2' } as const;
    const cost = { amount: '2', lineItems: [{ ...llm, otherKey: true as const }] };
    const { rerender } = render(<ModelCost use={{ items }} data={answer(cost)} />);
    expect(widget()?.dataset.state).toBe('ready');
    expect(widget()).toHaveTextContent('This is charged here, because your own key is for another provider.');
    rerender(<ModelCost use={{ items }} data={answer({ ...cost, lineItems: [llm] })} />);
    expect(widget()).not.toHaveTextContent('own key');
  });

  it('C13: says that an action is free', () => {
    render(<ModelCost use={{ items: [] }} data={answer({})} />);
    expect(widget()?.dataset.state).toBe('free');
    expect(widget()).toHaveTextContent('No cost');
  });
});
