const { createElement } = require('react');
const { MonthlyHistory } = require('@usagekit/react/usage-history');
const { CreditBalance } = require('@usagekit/react/credit-balance');
const { createUsageKitMock, renderWithUsageKit } = require('@usagekit/react/testing');

/** As often as a test asks, for as long as a slow machine needs. */
async function until(isThere) {
  const endsAtMs = Date.now() + 30_000;
  while (!isThere()) {
    if (Date.now() > endsAtMs) throw new Error('It did not come.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

// Twice in one file: the ids of the second are not those of the first, and the snapshots have neither.
test.each(['first', 'second'])(
  'a widget is the same in the %s snapshot, and moves without a warning',
  async () => {
    const warned = jest.spyOn(console, 'error');
    const mock = createUsageKitMock({ scenario: 'lowCredits' });
    const { container } = renderWithUsageKit(createElement(CreditBalance), { mock });
    await until(() => container.textContent.includes('100'));
    expect({ container }).toMatchSnapshot('before');
    await until(() => mock.openStreams() === 1);
    await mock.account().spend(30);
    expect(container.textContent).toContain('70');
    expect(warned).not.toHaveBeenCalled();
  },
  60_000,
);

test.each(['first', 'second'])(
  'charts are the same in the %s snapshot',
  async () => {
    const mock = createUsageKitMock({ scenario: 'sixMonths' });
    const { container } = renderWithUsageKit(createElement(MonthlyHistory), { mock });
    await until(() => {
      const panels = [...container.querySelectorAll('.uk-month-panel')];
      return (
        panels.length > 1 &&
        panels.every((panel) => panel.querySelector('svg.recharts-surface path') !== null)
      );
    });
    expect(container).toMatchSnapshot('charts');
  },
  60_000,
);
