import { screen, within } from '@testing-library/react';
import { UsageForecast } from '@usagekit/react';
import { cleanupUsageKit, createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { november } from '../../../../sdk/gallery/fixtures/forecast.ts';

afterEach(cleanupUsageKit);

describe('UsageForecast', () => {
  const lineOf = (name: string) => within(screen.getByText(name).closest('li') as HTMLElement);

  it('F6: says when what is left runs out, what lasts, and how it was computed', () => {
    renderWithUsageKit(<UsageForecast data={november} />, {
      mock: createUsageKitMock({ afterEach: onTestFinished }),
    });
    expect(lineOf('Credits').getByText('about 2,410 of 2,000 credits')).toBeVisible();
    expect(
      lineOf('Credits').getByText(
        'Runs out around November 25, in 3 days, between November 23 and November 28',
      ),
    ).toBeVisible();
    expect(
      lineOf('Task runs').getByText('May run out, on November 29 at the earliest, 421 to 516 by December 1'),
    ).toBeVisible();
    expect(
      lineOf('Emails sent').getByText('Lasts until December 1, with 4,010 to 4,880 used by then'),
    ).toBeVisible();
    expect(lineOf('API calls').getByText('61,900 to 74,100 by December 1')).toBeVisible();
    expect(screen.getByText(/weekday by weekday\. Ranges hold 80% of the time/)).toBeVisible();
  });

  it('F6: tells the hour alone where a window runs out today, and the date where it does so later', () => {
    const figure = november.figures.find(({ window }) => window !== null);
    if (!figure?.runsOut) throw new Error('A window runs out in the gallery.');
    const { rerender } = renderWithUsageKit(<UsageForecast data={november} />, {
      mock: createUsageKitMock({ afterEach: onTestFinished }),
    });
    const said = () =>
      lineOf(figure.label)
        .getByText(/^Runs out/)
        .textContent?.replaceAll(/\s/g, ' ');
    expect(said()).toBe('Runs out around 3:20 PM, 2:50 PM at the earliest');
    const later = { ...figure.runsOut, expectedAt: '2026-11-24T09:00:00.000Z', latestAt: null };
    rerender(<UsageForecast data={{ ...november, figures: [{ ...figure, runsOut: later }] }} />);
    expect(said()).toBe('Runs out around November 24, in 2 days, on November 22 at the earliest');
  });

  it('F6: is silent until two weeks of use have passed, and follows what is used', async () => {
    const mock = createUsageKitMock({ scenario: 'fresh', afterEach: onTestFinished });
    renderWithUsageKit(<UsageForecast />, { mock, role: 'owner' });
    expect(await screen.findByText('No forecast yet')).toBeVisible();
    for (let day = 0; day < 15; day += 1) {
      await mock.account().consume('emails', 10);
      await mock.clock.advance({ days: 1 });
    }
    expect(await screen.findByText('Emails sent')).toBeVisible();
  });

  it('E4: renders nothing where the role may see no figures', async () => {
    const mock = createUsageKitMock({ scenario: 'healthy', afterEach: onTestFinished });
    const { container } = renderWithUsageKit(<UsageForecast />, { mock, role: 'visitor' });
    await mock.ready;
    await expect.poll(() => container.querySelector('.uk-forecast')).toBeNull();
  });
});
