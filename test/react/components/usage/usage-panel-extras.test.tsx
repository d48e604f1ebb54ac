import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LocaleProvider, UsagePanel } from '@usagekit/react/usage-panel/no-charts';
import { hydrateRoot } from 'react-dom/client';
import { prerender } from 'react-dom/static';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  creditUsage,
  emptyUsage,
  overUsage,
  usage,
  windowedUsage,
} from '../../../../sdk/gallery/fixtures/usage.ts';
import { UsagePanel as UsagePanelWithCharts } from '../../../../sdk/src/components/usage-panel/index.ts';
import { patience } from '../../../support/patience.ts';

const textOf = (of: Element) => of.textContent.replaceAll(/\s+/g, ' ');

describe('UsagePanel without charts', () => {
  it('F9: draws budget, credits and meters at once, and then what only some accounts have', async () => {
    const { container } = render(<UsagePanel data={usage} />);
    expect(screen.getByRole('meter', { name: 'AI budget' })).toBeInTheDocument();
    expect(screen.getByRole('meter', { name: 'Emails' })).toBeInTheDocument();
    expect(container).toHaveTextContent('You have used 58% of the AI budget.');
    expect(container).toHaveTextContent('Resets December 1');
    const list = await screen.findByRole('list', { name: 'By category' }, patience);
    expect(within(list).getAllByRole('listitem')).toHaveLength(usage.categories.length);
    expect(screen.getByRole('heading', { name: 'My usage' })).toBeInTheDocument();
    expect(screen.getByRole('switch', { name: 'Show $' })).toBeInTheDocument();
    expect(container.querySelector('.uk-legend')).toHaveTextContent('Used 58%Held 4%');
    expect(container).toHaveTextContent('Balance: 320 credits available');
  });

  it.each([
    ['of an account with a budget', usage],
    ['over the budget', overUsage],
    ['in credits', creditUsage],
    ['with limits by time', windowedUsage],
    ['without a budget', { ...usage, budget: null }],
    ['that is empty', emptyUsage],
  ])('F9: says in the end what the panel with charts says, %s', async (_of, data) => {
    const whole = render(<UsagePanelWithCharts data={data} />);
    const said = textOf(whole.container);
    whole.unmount();
    const { container } = render(<UsagePanel data={data} />);
    await vi.waitFor(() => expect(textOf(container)).toBe(said), patience);
  });

  it('E8: shows what counts in a meter at a click or a key, until Escape or a step outside', async () => {
    const user = userEvent.setup();
    render(<UsagePanel data={usage} />);
    const button = await screen.findByRole(
      'button',
      { name: 'Emails: what counts', expanded: false },
      patience,
    );
    expect(screen.getAllByRole('button', { name: /what counts/ })).toHaveLength(1);
    await user.click(button);
    expect(screen.getByRole('note')).toHaveTextContent(/^Each recipient of an email counts/);
    expect(button).toHaveAttribute('aria-controls', screen.getByRole('note').id);
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('note')).toBeNull();
    expect(button).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(screen.getByRole('note')).toBeVisible();
    await user.tab();
    expect(screen.queryByRole('note')).toBeNull();
  });

  it('F10: is drawn whole by a server that waits, and taken over without a mismatch', async () => {
    const page = (
      <LocaleProvider locale="en" timeZone="UTC">
        <UsagePanel data={usage} />
      </LocaleProvider>
    );
    // In one piece: scripts, which would put pieces in place, do not run here.
    const { prelude } = await prerender(page, { progressiveChunkSize: Number.POSITIVE_INFINITY });
    const html = await new Response(prelude).text();
    const container = document.body.appendChild(document.createElement('div'));
    container.innerHTML = html;
    expect(container).toHaveTextContent('41.2%');
    const onRecoverableError = vi.fn();
    const root = await act(async () => hydrateRoot(container, page, { onRecoverableError }));
    onTestFinished(() => {
      act(() => root.unmount());
      container.remove();
    });
    expect(container).toHaveTextContent('41.2%');
    expect(onRecoverableError).not.toHaveBeenCalled();
  });
});
