import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ModelInfo, ModelList } from '@usagekit/server/contract';
import { describe, expect, it, vi } from 'vitest';
import { ModelPicker } from '../../../../sdk/src/components/model-picker/index.ts';

const model = (fields: Partial<ModelInfo>): ModelInfo => ({
  id: 'light',
  label: 'Light',
  provider: null,
  tierLabel: 'Light',
  unit: 'credits',
  perRequest: null,
  inputPer1000: null,
  outputPer1000: null,
  cachedPer1000: null,
  rates: [],
  contextTiers: [],
  serviceTiers: [],
  available: true,
  cheapest: false,
  ...fields,
});

const data: ModelList = {
  items: [
    model({ perRequest: '12', cheapest: true }),
    model({ id: 'standard', label: 'Standard', perRequest: '110' }),
    model({ id: 'tokens', label: 'By token', inputPer1000: '0.35', outputPer1000: '1.4' }),
    model({ id: 'frontier', label: 'Frontier', perRequest: '640', available: false }),
  ],
  creditLabel: { one: 'credit', other: 'credits' },
  asOf: '2026-11-22T13:05:00.000Z',
};

describe('ModelPicker', () => {
  it('C9: shows what each model costs now before it is chosen, and marks the cheapest', async () => {
    const onChange = vi.fn();
    render(<ModelPicker data={data} value={null} onChange={onChange} />);
    const standard = screen.getByRole('radio', { name: /Standard/ });
    // The cost is told once, as the description, and no line ends between a figure and its word.
    expect(standard).not.toHaveAccessibleName(/credits/);
    expect(standard).toHaveAccessibleDescription('110\u00a0credits a request');
    expect(screen.getByRole('radio', { name: /By token/ })).toHaveAccessibleDescription(
      '0.35\u00a0credits in, 1.4\u00a0credits out, per 1,000\u00a0tokens',
    );
    expect(screen.getByRole('radio', { name: /Cheapest/ })).toHaveAccessibleDescription(
      '12\u00a0credits a request',
    );
    await userEvent.click(standard);
    expect(onChange).toHaveBeenCalledWith('standard');
  });

  it('C9, F25: shows what a model of images, seconds or characters costs, and that one without a price of tokens is not free', () => {
    const items = [
      model({ id: 'draw', label: 'Draw', rates: [{ of: 'image', amount: '4', per: 1 }] }),
      model({ id: 'speak', label: 'Speak', rates: [{ of: 'character', amount: '15', per: 1_000_000 }] }),
      model({
        id: 'embed',
        label: 'Embed',
        inputPer1000: '0.02',
        rates: [{ of: 'input', amount: '20', per: 1_000_000 }],
      }),
      model({
        id: 'search',
        label: 'Search',
        perRequest: '5',
        inputPer1000: '1',
        outputPer1000: '2',
        rates: [
          { of: 'input', amount: '1', per: 1_000 },
          { of: 'output', amount: '2', per: 1_000 },
        ],
      }),
      model({ id: 'free', label: 'Nothing', perRequest: '0' }),
    ];
    render(<ModelPicker data={{ ...data, items }} value={null} onChange={() => {}} />);
    const told = ['Draw', 'Speak', 'Embed', 'Search', 'Nothing'].map((name) => {
      const radio = screen.getByRole('radio', { name: new RegExp(name) });
      return document
        .getElementById(radio.getAttribute('aria-describedby') ?? '')
        ?.textContent?.replaceAll('\u00a0', ' ');
    });
    expect(told).toEqual([
      '4 credits an image',
      '15 credits per 1,000,000 characters',
      '20 credits per 1,000,000 input tokens',
      '5 credits a request + 1 credit in, 2 credits out, per 1,000 tokens',
      'No cost',
    ]);
  });

  it('C9: does not let a model be chosen that the plan does not have', () => {
    render(<ModelPicker data={data} value={null} onChange={() => {}} />);
    const frontier = screen.getByRole('radio', { name: /Frontier/ });
    expect(frontier).toBeDisabled();
    expect(frontier).toHaveAccessibleDescription('Not in this plan');
  });
});
