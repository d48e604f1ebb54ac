import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LocaleProvider } from '@usagekit/react';
import type { Budget } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { allSeries } from '../../../../sdk/gallery/fixtures/series.ts';
import { pro } from '../../../../sdk/gallery/fixtures/subscription.ts';
import {
  creditUsage,
  emptyUsage,
  memberUsage,
  overUsage,
  usage,
  usageAt,
  windowedUsage,
} from '../../../../sdk/gallery/fixtures/usage.ts';
import { PlanCard } from '../../../../sdk/src/components/plan-card/index.ts';
import { UsagePanel } from '../../../../sdk/src/components/usage-panel/index.ts';

const headings = () => screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
const budgetMeter = () => screen.getByRole('meter', { name: 'AI budget' });

const headIn = (timeZone?: string) => {
  const panel = <UsagePanel data={usage} />;
  const { container, unmount } = render(
    timeZone ? (
      <LocaleProvider locale="en" timeZone={timeZone}>
        {panel}
      </LocaleProvider>
    ) : (
      panel
    ),
  );
  const text = container.querySelector('.uk-head')?.textContent?.replaceAll('\u00a0', ' ');
  unmount();
  return text;
};

// Roles are looked up in a large tree, on machines that do other work as well.
describe('UsagePanel', () => {
  it('F10: names the account’s zone, in which its period is counted, only where times are shown in another', () => {
    expect(usage.cycle.timeZone).toBe('UTC');
    expect(headIn('Europe/Berlin')).toContain('Nov 1 – Nov 30, 2026, UTC');
    expect(headIn('UTC')).not.toContain('UTC');
    expect(headIn()).not.toContain('UTC');
  });

  it('E1: shows AI budget, plan card, account meters, my usage and history in this order', () => {
    render(<UsagePanel data={usage} series={allSeries} plan={<PlanCard data={pro} />} />);
    expect(headings()).toEqual(['Usage', 'Pro', 'Account meters', 'My usage', 'History']);
    const budget = budgetMeter();
    const plan = screen.getByRole('heading', { name: 'Pro' });
    expect(budget.compareDocumentPosition(plan) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  });

  it('says of a budget without use how it stands, and not that nothing was used where something else was', () => {
    const unused = { ...creditUsage.budget, percent: 0, heldPercent: 0, used: '0', held: '0' } as Budget;
    const { container, rerender } = render(<UsagePanel data={{ ...creditUsage, budget: unused }} />);
    const said = () => container.querySelector('.uk-usage-sentence')?.textContent?.replaceAll('\u00a0', ' ');
    expect(said()).toMatch(/^You have used 0 of 1,000 credits\. It resets in \d+ days\.$/);
    const percentOnly = { ...unused, used: null, included: null, held: null };
    rerender(<UsagePanel data={{ ...creditUsage, budget: percentOnly }} />);
    expect(said()).toMatch(/^You have used 0% of the .+\. It resets in \d+ days\.$/);
  });

  it('tells no reset of a balance to which nothing comes by itself', () => {
    const budget = { ...creditUsage.budget, resetsAt: null } as Budget;
    const { container, rerender } = render(<UsagePanel data={{ ...creditUsage, budget }} />);
    const said = () => container.querySelector('.uk-usage-sentence')?.textContent;
    expect(said()).toMatch(/Running tasks hold another 40\scredits\.$/);
    expect(container.querySelector('.uk-budget-reset')).toBeNull();
    const bar = container.querySelector('.uk-budget [role="meter"]');
    expect(bar).toHaveAttribute('aria-valuetext', expect.not.stringContaining('resets'));
    // Where it runs out before the period ends is told all the same.
    rerender(<UsagePanel data={{ ...creditUsage, budget: { ...budget, percent: 95 } }} />);
    expect(said()).toMatch(/At this cycle’s pace it runs out on November\s\d+\.$/);
    rerender(<UsagePanel data={{ ...creditUsage, budget: { ...budget, percent: 100, level: 'over' } }} />);
    expect(said()).not.toMatch(/reset/);
  });

  it('W11: leaves where the budget is going to a forecast on the same page', () => {
    const { rerender } = render(<UsagePanel data={creditUsage} />);
    const said = () => document.querySelector('.uk-usage-sentence')?.textContent;
    expect(said()).toMatch(/At this cycle’s pace about 85% will be used when it resets\.$/);
    rerender(<UsagePanel data={creditUsage} parts={{ pace: false }} />);
    expect(said()).toMatch(/Running tasks hold another 40\scredits\.$/);
  });

  it('E1: writes the percentage at the bar and the reset date after it', () => {
    const { container } = render(<UsagePanel data={usage} />);
    const line = container.querySelector('.uk-budget-line');
    expect(line).toHaveTextContent(/^62%Resets December 1$/);
    expect(budgetMeter()).toHaveAttribute('aria-valuetext', '58% used, 4% held, resets in 9 days');
  });

  it('F23: shows limits by time as a group of their own, each with its reset and whose it is', () => {
    const { container, rerender } = render(<UsagePanel data={windowedUsage} />);
    const group = screen.getByRole('heading', { name: 'Time limits', level: 3 }).parentElement;
    expect(container.querySelector('.uk-meter-group')).toBe(group);
    const shown = [...(group?.querySelectorAll('.uk-meter') ?? [])].map((meter) => [
      meter.querySelector('.uk-meter-name')?.textContent,
      meter.querySelector('.uk-meter-foot span')?.textContent?.replaceAll('\u00a0', ' '),
    ]);
    expect(shown).toEqual([
      ['Session', 'Resets in 2 h 10 min'],
      ['Week', 'Resets in 3 days'],
      ['Last hour', 'Yours alone · Gives back in 7 min'],
    ]);
    expect(screen.getByRole('meter', { name: 'Session' })).toHaveAttribute('aria-valuenow', '84');
    rerender(<UsagePanel data={usage} />);
    expect(screen.queryByRole('heading', { name: 'Time limits' })).toBeNull();
  });

  it('E2: lists categories with their tier labels and shares', () => {
    render(<UsagePanel data={usage} />);
    const rows = within(screen.getByRole('list', { name: 'By category' })).getAllByRole('listitem');
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      'Agent Advanced Reasoning41.2%',
      'Email Standard22.6%',
      'Chat Standard14.9%',
      'Summary Fast11.8%',
      'Coaching Advanced Reasoning7.3%',
      'Chips Light2.2%',
    ]);
  });

  it('E3: shows the prepaid balance where there is one, and nothing where it may not be seen', () => {
    const { rerender } = render(<UsagePanel data={usage} />);
    expect(screen.getByText('Balance: 320 credits available · 12 credits held')).toBeInTheDocument();
    rerender(<UsagePanel data={memberUsage} />);
    expect(screen.queryByText(/^Balance/)).toBeNull();
  });

  it('E4: shows money only after "Show $" was switched on, to those who may see it', async () => {
    render(<UsagePanel data={usage} />);
    expect(document.body).not.toHaveTextContent('$102.18');
    await userEvent.click(screen.getByRole('switch', { name: 'Show $' }));
    expect(screen.getByText('$102.18')).toBeInTheDocument();
    expect(document.body).toHaveTextContent('You have used $232.00 of $400.00.');
    await userEvent.click(screen.getByRole('switch', { name: 'Show $' }));
    expect(document.body).not.toHaveTextContent('$102.18');
  });

  it('E4: offers no "Show $" and no amount to others, who read percentages', () => {
    render(<UsagePanel data={memberUsage} defaultShowMoney />);
    expect(screen.queryByRole('switch')).toBeNull();
    expect(document.body).not.toHaveTextContent('$');
    expect(document.body).toHaveTextContent(
      'You have used 58% of the AI budget. Running tasks hold another 4%.',
    );
    expect(screen.getByRole('meter', { name: 'Emails' })).toHaveAttribute(
      'aria-valuetext',
      '94.2% used, resets in 9 days',
    );
  });

  it('E7: puts meters into their groups, and writes Unlimited where there is no cap', () => {
    render(<UsagePanel data={usage} />);
    const groups = screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent);
    expect(groups).toEqual(['By category', 'Core limits', 'Monthly activity', 'Data operations']);
    const calls = screen.getByText('API calls').closest('.uk-meter');
    expect(calls).toHaveTextContent('API calls1.28M · Unlimited');
    expect(screen.queryByRole('meter', { name: 'API calls' })).toBeNull();
  });

  it('E8: shows what is only observed without a bar or a limit', () => {
    render(<UsagePanel data={usage} />);
    const tokens = document.querySelector('[data-metric="ai_tokens"][data-level="observed"]');
    expect(tokens).toHaveTextContent('AI tokens18.48MMeasured only');
    expect(tokens?.querySelector('[role="meter"]')).toBeNull();
  });

  it.each([
    [79.9, 'ok', null],
    [80, 'warning', 'Nearing the limit'],
    [90, 'high', 'Almost used up'],
    [100, 'over', 'At the limit'],
  ] as const)('E10: %d%% of the budget is drawn as %s and says so in words', (percent, level, word) => {
    const { container } = render(<UsagePanel data={usageAt(percent, level)} />);
    expect(budgetMeter()).toHaveAttribute('data-level', level);
    const said = container.querySelector('.uk-budget .uk-level');
    if (word === null) expect(said).toBeNull();
    else expect(said).toHaveTextContent(word);
  });

  it('E11: shows my use against my allocation, or against the pool that everyone shares', () => {
    render(<UsagePanel data={usage} />);
    const mine = screen.getByRole('heading', { name: 'My usage' }).closest('.uk-card');
    expect(mine).toHaveTextContent('Of your allocation');
    expect(mine).toHaveTextContent('Of the pool that everyone shares');
    expect(within(mine as HTMLElement).getByRole('meter', { name: 'AI tokens' })).toHaveAttribute(
      'aria-valuetext',
      '412,000 of 500,000 tokens used',
    );
  });

  it('shows overage beyond a scale that is drawn again, in the value as in the words', () => {
    const { container } = render(<UsagePanel data={overUsage} defaultShowMoney />);
    const meter = budgetMeter();
    expect(meter).toHaveAttribute('aria-valuenow', '132.5');
    expect(meter).toHaveAttribute('aria-valuemax', '132.5');
    expect(meter.getAttribute('aria-valuetext')).toContain('32.5% over');
    expect(meter.querySelector('.uk-bar-used')).toHaveAttribute('width', '75.47%');
    expect(container).toHaveTextContent('You are $130.00 over the $400.00 that are included.');
  });

  it('D2: shows use in units without money, with the period by the account’s days and the time it was read', () => {
    const { container } = render(<UsagePanel data={creditUsage} />);
    expect(container).toHaveTextContent('Nov 1 – Nov 30, 2026 · resets in 9 days');
    expect(container).toHaveTextContent('As of 2:05 PM');
    expect(container).toHaveTextContent('You have used 580 of 1,000 credits.');
    expect(container).not.toHaveTextContent('$');
  });

  it('says what will stand here while nothing has been used', () => {
    render(<UsagePanel data={emptyUsage} />);
    expect(screen.getByText('No usage yet')).toBeInTheDocument();
    expect(screen.queryByRole('meter')).toBeNull();
  });
});
