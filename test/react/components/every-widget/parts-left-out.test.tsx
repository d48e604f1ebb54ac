import { render, screen, waitFor, within } from '@testing-library/react';
import { CreditBalance, PlanCard, SpentByMember, UsagePanel } from '@usagekit/react';
import { cleanupUsageKit, createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { credits } from '../../../../sdk/gallery/fixtures/credits.ts';
import { pro } from '../../../../sdk/gallery/fixtures/subscription.ts';
import { usage } from '../../../../sdk/gallery/fixtures/usage.ts';

afterEach(cleanupUsageKit);

describe('what members spent, in CreditBalance', () => {
  async function show(role: 'manager' | 'member') {
    const mock = createUsageKitMock({ scenario: 'healthy', afterEach: onTestFinished });
    await mock.account().spend(30, { memberId: 'owner' });
    await mock.account().spend(20, { memberId: 'manager' });
    renderWithUsageKit(<CreditBalance members={<SpentByMember />} />, { mock, role });
    await screen.findByText('Available');
    return mock;
  }

  it('F9: is shown to a role that sees everybody’s use, the most first', async () => {
    const mock = await show('manager');
    const heading = await screen.findByRole('heading', { name: 'Spent by member in this cycle' });
    const section = heading.closest<HTMLElement>('.uk-section');
    const lines = within(section ?? document.body).getAllByRole('listitem');
    const spent = lines.map(({ textContent }) => Number(/([\d.]+) credits?$/.exec(textContent ?? '')?.[1]));
    expect(spent.length).toBeGreaterThan(2);
    expect(spent).toEqual([...spent].sort((a, b) => b - a));
    expect(lines[0]?.textContent).toMatch(/^[A-Z]/);
    const { spentThisCycle } = await mock.account().credits();
    expect(spent.reduce((sum, each) => sum + each)).toBe(Number(spentThisCycle));
  });

  it('F9: is asked for by nobody who may not see it', async () => {
    const ofMember = await show('member');
    // Asked again where the stream greets late.
    await waitFor(() => expect(ofMember.requests('GET *whoami')).not.toEqual([]));
    expect(ofMember.requests('GET *series')).toEqual([]);
    expect(screen.queryByRole('heading', { name: 'Spent by member in this cycle' })).toBeNull();
  });
});

describe('parts that a host leaves out', () => {
  it('F10: are known to the compiler', () => {
    const { container } = render(
      // @ts-expect-error: no part has this name
      <PlanCard data={pro} parts={{ prices: false }} />,
    );
    expect(container.querySelector('.uk-plan-price')).not.toBeNull();
  });

  const classesOf = (container: HTMLElement, names: string[]) =>
    names.filter((name) => container.querySelector(`.${name}`) !== null);

  it('F10: are those of CreditBalance by name', () => {
    const all = ['uk-outlook', 'uk-grants', 'uk-ledger', 'uk-figure'];
    const { container, rerender } = render(<CreditBalance data={credits} />);
    expect(classesOf(container, all)).toEqual(all);
    const out = { pace: false, nextReset: false, nextToExpire: false, grants: false, recent: false };
    rerender(<CreditBalance data={credits} parts={out} />);
    expect(classesOf(container, all)).toEqual(['uk-figure']);
    expect(screen.queryByRole('heading', { name: 'Recent activity' })).toBeNull();
  });

  it('F10: are those of PlanCard by name', () => {
    const all = ['uk-plan-price', 'uk-plan-includes', 'uk-highlights', 'uk-actions', 'uk-title'];
    const data = { ...pro, highlights: ['Email support'] };
    const { container, rerender } = render(<PlanCard data={data} onAction={() => {}} />);
    expect(classesOf(container, all)).toEqual(all);
    const parts = { price: false, includes: false, highlights: false, actions: false };
    rerender(<PlanCard data={data} onAction={() => {}} parts={parts} />);
    expect(classesOf(container, all)).toEqual(['uk-title']);
  });

  it('F10: are those of UsagePanel by name', () => {
    const all = ['uk-budget', 'uk-categories', 'uk-meter-group', 'uk-title'];
    const { container, rerender } = render(<UsagePanel data={usage} />);
    expect(classesOf(container, all)).toEqual(all);
    const parts = { budget: false, categories: false, groups: false, windows: false, myUsage: false };
    rerender(<UsagePanel data={usage} parts={parts} />);
    expect(classesOf(container, all)).toEqual(['uk-title']);
  });
});
