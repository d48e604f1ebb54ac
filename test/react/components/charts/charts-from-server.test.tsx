import { act } from '@testing-library/react';
import { DailyChart, MonthlyChart, StackedChart } from '@usagekit/react/charts';
import { LocaleProvider } from '@usagekit/react/provider';
import type { ReactElement } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { months } from '../../../../sdk/gallery/fixtures/months.ts';
import { byAgent, creditsByDay } from '../../../../sdk/gallery/fixtures/series.ts';
import { RunningChart } from '../../../../sdk/src/charts/running-chart.tsx';
import { dayPoints } from '../../../../sdk/src/derive/usage/day-points.ts';
import { monthPoints } from '../../../../sdk/src/derive/usage/metric-months.ts';
import { runningPoints } from '../../../../sdk/src/derive/usage/running-points.ts';
import { stackPoints } from '../../../../sdk/src/derive/usage/stack-points.ts';
import { topShares } from '../../../../sdk/src/derive/usage/top-shares.ts';
import { createFormat } from '../../../../sdk/src/format/create-format.ts';
import { chartMessages } from '../../../../sdk/src/messages/charts/chart.ts';
import { runningTotalMessages } from '../../../../sdk/src/messages/charts/running-total.ts';

const format = createFormat({ locale: 'en-US', timeZone: 'UTC' });
const unit = { one: 'credit', other: 'credits' };
const common = { label: 'Credits', unit, height: 220, format };
const daily = { ...common, buckets: creditsByDay, messages: chartMessages };
const running = { ...daily, texts: runningTotalMessages };
const shares = topShares(byAgent.groups, (count) => `${count} others`);
const [emails] = months.metrics;
if (!emails) throw new Error('The fixture has metrics.');

const stacks = shares.map(({ label }, index) => ({
  key: `stack${index}` as const,
  label: label ?? '',
  colour: index + 1,
}));
const charts: Record<string, { drawn: ReactElement; marks: number; empty: ReactElement }> = {
  DailyChart: {
    drawn: <DailyChart {...daily} points={dayPoints(creditsByDay)} />,
    marks: creditsByDay.buckets.length,
    empty: <DailyChart {...daily} points={[]} />,
  },
  StackedChart: {
    drawn: (
      <StackedChart {...common} buckets={byAgent} points={stackPoints(byAgent, shares)} stacks={stacks} />
    ),
    marks: byAgent.buckets.length,
    empty: <StackedChart {...common} buckets={byAgent} points={[]} stacks={[]} />,
  },
  RunningChart: {
    drawn: (
      <RunningChart
        {...running}
        points={runningPoints(creditsByDay, {})}
        lines={[{ amount: '1000', label: 'Alert at 1,000 credits', kind: 'alert' }]}
      />
    ),
    marks: 2,
    empty: <RunningChart {...running} points={[]} lines={[]} />,
  },
  MonthlyChart: {
    drawn: <MonthlyChart {...common} points={monthPoints(emails, months.months)} />,
    marks: 2,
    empty: <MonthlyChart {...common} points={[]} />,
  },
};

describe.each(Object.entries(charts))('%s', (_, { drawn, marks, empty }) => {
  it('E1: is drawn by a server, whole, and taken over by a browser without a difference', async () => {
    const errors = vi.spyOn(console, 'error');
    onTestFinished(() => errors.mockRestore());
    const page = document.createElement('div');
    document.body.append(page);
    onTestFinished(() => page.remove());
    page.innerHTML = renderToString(drawn);
    expect(page.querySelectorAll('path[d]').length).toBeGreaterThanOrEqual(marks);
    expect(page.querySelectorAll('text').length).toBeGreaterThan(4);
    const markup = page.innerHTML;
    const mismatches: unknown[] = [];
    const root = await act(() =>
      hydrateRoot(page, drawn, { onRecoverableError: (error) => mismatches.push(error) }),
    );
    expect([mismatches, errors.mock.calls]).toEqual([[], []]);
    expect(page.innerHTML).toBe(markup);
    act(() => root.unmount());
  });

  it.each([
    ['ar-EG', 'rtl'],
    ['en', 'ltr'],
  ])(
    'E1: is drawn by a server from where the language of %s runs, and taken over as it is',
    async (locale, direction) => {
      const page = document.createElement('div');
      document.body.append(page);
      onTestFinished(() => page.remove());
      page.style.direction = direction;
      const element = <LocaleProvider locale={locale}>{drawn}</LocaleProvider>;
      page.innerHTML = renderToString(element);
      const markup = page.innerHTML;
      const root = await act(() =>
        hydrateRoot(page, element, {
          onRecoverableError: (error) => {
            throw error;
          },
        }),
      );
      expect(page.innerHTML).toBe(markup);
      act(() => root.unmount());
      page.style.direction = direction === 'rtl' ? 'ltr' : 'rtl';
      const other = await act(() => {
        page.innerHTML = markup;
        return hydrateRoot(page, element);
      });
      expect(page.innerHTML).not.toBe(markup);
      act(() => other.unmount());
    },
  );

  it('A9: is drawn without points too, and never with what is no number', () => {
    for (const markup of [renderToString(empty), renderToString(drawn)]) {
      expect(markup).not.toMatch(/NaN|Infinity|undefined/);
      expect(markup).toMatch(/role="application"/);
    }
  });
});

describe('a chart of few points', () => {
  it('A9: shows a lone point of a line, which has no length', () => {
    const points = runningPoints(creditsByDay, {}).slice(0, 1);
    const markup = renderToString(<RunningChart {...running} points={points} lines={[]} />);
    expect(markup).not.toMatch(/NaN|Infinity/);
    expect(markup).toContain('<circle');
  });

  it('A9: lets a negative amount hang from the ground', () => {
    const points = dayPoints(creditsByDay).slice(0, 2);
    const [first, second] = points;
    if (!first || !second) throw new Error('The fixture has days.');
    const markup = renderToString(
      <DailyChart {...daily} points={[first, { ...second, amount: '-40', value: -40 }]} />,
    );
    expect(markup).not.toMatch(/NaN|Infinity/);
    expect(markup).toMatch(/>-40</);
  });
});

describe('the lines of a running total', () => {
  /** The ends at which the words of lines at these amounts stand. */
  const ends = (amounts: readonly string[], locale = 'en') => {
    const page = document.createElement('div');
    page.innerHTML = renderToString(
      <LocaleProvider locale={locale}>
        <RunningChart
          {...running}
          points={runningPoints(creditsByDay, {})}
          lines={amounts.map((amount) => ({ amount, label: `At ${amount}`, kind: 'alert' }))}
        />
      </LocaleProvider>,
    );
    return [...page.querySelectorAll('.recharts-label')].map((label) => label.getAttribute('text-anchor'));
  };

  it('D6: have their words at different ends where two stand close, and at the beginning else', () => {
    expect(ends(['500', '1500'])).toEqual(['start', 'start']);
    expect(ends(['1000', '1010'])).toEqual(['start', 'end']);
    expect(ends(['1010', '1000', '1020'])).toEqual(['start', 'end', 'start']);
    expect(ends(['1000', '1010'], 'ar')).toEqual(['end', 'start']);
  });
});

it('A9: four hundred days in ten thousand parts are drawn without a number that is not one', () => {
  const at = (day: number) => new Date(Date.UTC(2025, 0, 1 + day)).toISOString();
  const many = Array.from({ length: 25 }, (_, index) => ({
    key: `stack${index}` as const,
    label: `agent-${index}`,
    colour: 1 + (index % 7),
  }));
  const points = Array.from({ length: 400 }, (_, day) => ({
    at: at(day),
    ...Object.fromEntries(many.map(({ key }, index) => [key, index + 1])),
  }));
  const markup = renderToString(<StackedChart {...common} buckets={byAgent} points={points} stacks={many} />);
  expect(markup.match(/recharts-rectangle/g)).toHaveLength(10_000);
  expect(markup).not.toMatch(/NaN|Infinity/);
});
