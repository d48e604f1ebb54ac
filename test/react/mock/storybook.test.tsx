import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useCreditBalance } from '@usagekit/react';
import { cleanupUsageKit, createUsageKitMock, scenarios } from '@usagekit/react/testing';
import { UsageKitOverlay } from '@usagekit/react/testing/overlay';
import { type StoryContext, usageKitDecorator, usageKitGlobalTypes } from '@usagekit/react/testing/storybook';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';

afterEach(cleanupUsageKit);

function Balance() {
  const { status, data } = useCreditBalance();
  return <p>{`${status} ${data?.available ?? '-'}`}</p>;
}

function Story({ context }: { context: Partial<StoryContext> }) {
  return usageKitDecorator(Balance, { id: 'balance', parameters: {}, globals: {}, ...context });
}

describe('F27: in Storybook', () => {
  it('a story has a mock in the scenario and the role that it names', async () => {
    const parameters = { usageKit: { scenario: 'lastCredit', role: 'member' } } as const;
    const { rerender } = render(<Story context={{ parameters }} />);
    expect(await screen.findByText('ready 1')).toBeVisible();
    rerender(<Story context={{ parameters, globals: { usageKitScenario: 'outOfCredits' } }} />);
    expect(await screen.findByText('ready 0')).toBeVisible();
    rerender(<Story context={{ parameters, globals: { usageKitRole: 'visitor' } }} />);
    expect(await screen.findByText('not_permitted -')).toBeVisible();
  });

  it('the clock goes on, and comes back', async () => {
    const parameters = { usageKit: { scenario: 'lastCredit' } } as const;
    const { rerender } = render(<Story context={{ parameters }} />);
    expect(await screen.findByText('ready 1')).toBeVisible();
    rerender(<Story context={{ parameters, globals: { usageKitTime: 'in a month' } }} />);
    expect(await screen.findByText(/^ready 100\d$/)).toBeVisible();
    rerender(<Story context={{ parameters, globals: { usageKitTime: 'now' } }} />);
    expect(await screen.findByText('ready 1')).toBeVisible();
  });

  it('the toolbar offers every scenario and role', () => {
    const { usageKitScenario, usageKitRole } = usageKitGlobalTypes;
    expect(usageKitScenario.toolbar.items.map(({ value }) => value)).toEqual(['', ...Object.keys(scenarios)]);
    expect(usageKitRole.toolbar.items.at(-1)?.value).toBe('visitor');
  });
});

describe('F27: the overlay', () => {
  it('shows clock and requests, and changes scenario and time', async () => {
    const mock = createUsageKitMock({ afterEach: onTestFinished });
    await mock.client().credits('acme');
    render(<UsageKitOverlay mock={mock} />);
    await userEvent.click(screen.getByText('UsageKit mock'));
    expect(await screen.findByText('GET /v1/accounts/acme/credits 200')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: '+1 day' }));
    expect(await screen.findByText('2026-11-21T12:00:00.000Z')).toBeVisible();
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Scenario' }), 'outOfCredits');
    expect(await screen.findByText('2026-11-20T12:00:00.000Z')).toBeVisible();
    await act(async () => {
      expect((await mock.account().credits()).available).toBe('0');
    });
  });
});
