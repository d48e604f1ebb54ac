import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { OutOfCredits, type UsageKitError, WhyBlocked } from '@usagekit/react';
import {
  cleanupUsageKit,
  createUsageKitMock,
  type MockViewer,
  renderWithUsageKit,
} from '@usagekit/react/testing';
import type { Finding, Refusal } from '@usagekit/server/contract';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { diagnoses } from '../../../../sdk/gallery/fixtures/diagnosis.ts';

afterEach(cleanupUsageKit);

const verdict = () => screen.getByRole('status');

describe('WhyBlocked', () => {
  it('A11: says what blocks, what it means for work in progress, and the one thing to do', async () => {
    const onAction = vi.fn();
    render(<WhyBlocked data={diagnoses.credits} onAction={onAction} />);
    expect(verdict()).toHaveTextContent('Out of credits');
    expect(verdict()).toHaveTextContent(
      'Another run like the latest needs 12.6 credits, with 3.5 credits available.',
    );
    expect(verdict()).toHaveTextContent(
      'The 2 tasks that are running go on; new work waits. Nothing is deleted.',
    );
    expect(verdict()).toHaveTextContent('Enough for it: 500 credits for $10 or 5,000 credits for $80.');
    expect(verdict()).toHaveTextContent('It starts again in 9 days, on December 1.');
    await userEvent.click(within(verdict()).getByRole('button', { name: 'Buy credits' }));
    expect(onAction).toHaveBeenCalledWith(expect.objectContaining({ kind: 'buy_credits' }));
  });

  it('A11: says of a refusal of the last hour when it was, and what that run needs', () => {
    const { asOf } = diagnoses.credits;
    const refusedAt = new Date(Date.parse(asOf) - 12 * 60_000).toISOString();
    const findings = diagnoses.credits.findings.map((finding) =>
      finding.kind === 'gate_refuses' ? { ...finding, refusedAt } : finding,
    );
    render(<WhyBlocked data={{ ...diagnoses.credits, findings }} />);
    expect(verdict()).toHaveTextContent(
      'A run was refused 12 minutes ago. It would be refused now too. It needs 12.6 credits, with 3.5 credits available.',
    );
    expect(verdict()).not.toHaveTextContent('Another run like the latest');
  });

  it('A11: says in words that a refusal, or the trouble of a task, is less than a minute old', () => {
    const { asOf } = diagnoses.credits;
    const since = new Date(Date.parse(asOf) - 20_000).toISOString();
    const atOnce = (finding: Finding): Finding => {
      if (finding.kind === 'gate_refuses') return { ...finding, refusedAt: asOf };
      if ('tasks' in finding) return { ...finding, tasks: finding.tasks.map((task) => ({ ...task, since })) };
      return finding;
    };
    const { credits, failedTasks } = diagnoses;
    const { rerender } = render(<WhyBlocked data={{ ...credits, findings: credits.findings.map(atOnce) }} />);
    expect(verdict()).toHaveTextContent('A run was refused just now. It needs 12.6 credits, with 3.5');
    rerender(<WhyBlocked data={{ ...failedTasks, findings: failedTasks.findings.map(atOnce) }} />);
    expect(verdict()).toHaveTextContent('Quarterly report just now');
  });

  it('A11: lists what else was found, each with its severity, and offers no action twice', () => {
    render(<WhyBlocked data={diagnoses.everything} />);
    const list = screen.getByRole('heading', { name: 'Also found' }).closest('.uk-section') as HTMLElement;
    const found = [...list.querySelectorAll('.uk-finding-title')].map(({ textContent }) => textContent);
    expect(found).toEqual([
      'Plan limit reached Blocks work',
      '5 tasks failed Needs a look',
      'A task has not moved for an hour Needs a look',
      'Unusually many credits in one day Needs a look',
      'Storage close to the limit Worth knowing',
    ]);
    expect(list).toHaveTextContent('enrichment-agent used 82.4% of it.');
    expect(screen.getAllByRole('link', { name: 'Upgrade' })).toHaveLength(1);
  });

  it('A11: says who can do it where the reader cannot', () => {
    const { container } = render(<WhyBlocked data={diagnoses.forMember} />);
    expect(verdict()).toHaveTextContent('Ask an owner or admin of this account: Buy credits · Upgrade');
    expect(screen.queryByRole('link')).toBeNull();
    expect(container).not.toHaveTextContent(/\d credits/);
  });

  it('A11: tells the errors of failed tasks and opens them', async () => {
    const onOpenTask = vi.fn();
    render(<WhyBlocked data={diagnoses.failedTasks} onOpenTask={onOpenTask} />);
    expect(verdict()).toHaveTextContent('5 tasks failed');
    expect(verdict()).toHaveTextContent('The integration answered 503 three times.');
    expect(verdict()).toHaveTextContent('and 2 more');
    expect(verdict()).toHaveTextContent('Balance and limits are not the cause; other work goes on.');
    await userEvent.click(screen.getByRole('button', { name: 'Quarterly report' }));
    expect(onOpenTask).toHaveBeenCalledWith('task_000009');
  });

  it('A11: warns of tasks that may be stopped, and names the one that waits', () => {
    render(<WhyBlocked data={diagnoses.waitingTask} />);
    expect(verdict()).toHaveTextContent(
      '“Weekly report” needs 12.6 credits to start, with 3.5 credits available.',
    );
    expect(verdict()).toHaveTextContent('The 3 tasks that are running may be stopped at their next charge.');
  });

  it('A11: says plainly that nothing blocks, with what was looked at', () => {
    render(<WhyBlocked data={diagnoses.clear} />);
    expect(verdict()).toHaveTextContent('Nothing blocks your work');
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'TasksNot part of your role',
      'UsageThe last 8 daysNothing found',
      'Billing and limits6 limitsNothing found',
    ]);
  });

  it('A11: keeps apart what may stop work soon from what stops it', () => {
    render(<WhyBlocked data={diagnoses.atRisk} />);
    expect(verdict()).toHaveTextContent('Nothing blocks your work now');
    expect(screen.getByRole('heading', { name: 'What was found' })).toBeInTheDocument();
    expect(screen.getByText('Enough for 3 more runs')).toBeInTheDocument();
  });
});

// The mock lives through twelve days of use before it answers.
describe('WhyBlocked on the real server in memory', () => {
  const show = (role: MockViewer, scenario: 'healthy' | 'outOfCredits' = 'outOfCredits') => {
    const mock = createUsageKitMock({ scenario, afterEach: onTestFinished });
    return renderWithUsageKit(<WhyBlocked />, { mock, role });
  };
  const whenState = (state: string) =>
    waitFor(() =>
      expect(document.querySelector<HTMLElement>('[data-widget="why-blocked"]')?.dataset.state).toBe(state),
    );

  it('A11: finds the cause, and is mended within a second of its being mended', async () => {
    const { mock } = show('owner');
    await whenState('blocked');
    expect(verdict()).toHaveTextContent('Out of credits');
    expect(within(verdict()).getByRole('link', { name: 'Buy credits' })).toBeInTheDocument();
    await waitFor(() => expect(mock.openStreams()).toBeGreaterThan(0));
    await act(() => mock.account().grant(500));
    await waitFor(() => expect(verdict()).toHaveTextContent('Nothing blocks your work'), { timeout: 3_000 });
  });

  it('A11, C11: agrees with the refusal of a minute ago on amounts, ways and days', async () => {
    const mock = createUsageKitMock({ scenario: 'outOfCredits', afterEach: onTestFinished });
    await mock.ready;
    const refused = mock.account().spend(1);
    const refusal = await refused.then(
      () => undefined,
      (error: UsageKitError) => (error.problem as { refusal?: Refusal }).refusal,
    );
    renderWithUsageKit(
      <>
        <WhyBlocked />
        {refusal && <OutOfCredits refusal={refusal} asOf="2026-11-20T12:00:00.000Z" />}
      </>,
      { mock, role: 'owner' },
    );
    await whenState('blocked');
    const said = screen.getByText('0 credits available, 1 credit needed.').closest('[role="alert"]');
    expect(verdict()).toHaveTextContent(
      'A run was refused just now. It needs 1 credit, with 0 credits available.',
    );
    for (const each of [verdict(), said as HTMLElement]) {
      expect(each).toHaveTextContent('Out of credits');
      expect(each).toHaveTextContent('on December 8.');
      expect(within(each).getByRole('link', { name: 'Buy credits' })).toBeVisible();
    }
  });

  it('A11: says that nothing blocks on an account that is well', async () => {
    show('owner', 'healthy');
    await whenState('clear');
    expect(verdict()).toHaveTextContent('Nothing blocks your work');
  });

  it('A11, B12: leads a member to an owner or admin', async () => {
    const { container } = show('member');
    await whenState('blocked');
    expect(container).toHaveTextContent('Ask an owner or admin of this account');
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('C12, A11: shows a visitor nothing of it', async () => {
    const { container } = show('visitor');
    await whenState('not_permitted');
    expect(container).not.toHaveTextContent(/\d|credit(?!s"|-)|limit/);
  });
});
