import { render, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { states } from '../../../../sdk/gallery/states.tsx';
import { ar } from '../../../../sdk/src/messages/languages/ar.ts';
import { UsageKitContext } from '../../../../sdk/src/provider/context.ts';
import { patience } from '../../../support/patience.ts';

describe.each(states.map((each) => [each.widget, each.state, each] as const))(
  '%s, %s',
  (_widget, _state, shown) => {
    it('renders, and axe finds nothing', async () => {
      const { container } = render(<main>{shown.element}</main>);
      expect(container.querySelector('.uk-root')).not.toBeNull();
      const { violations } = await axe.run(container, {
        // jsdom lays nothing out, so contrast is looked at in a real browser; heading order is the host page's.
        rules: {
          'color-contrast': { enabled: false },
          'heading-order': { enabled: false },
          region: { enabled: false },
        },
      });
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      );
    });
  },
);

const billingWidgets = [
  ...['PlanCard', 'PlanComparison', 'PlanLimits', 'Seats', 'AddOns', 'DedicatedIps', 'AdditionalUse'],
  ...['LimitEditor', 'AlertEditor', 'MemberAllocations'],
];

it.each([...billingWidgets, 'SettingDialog', 'BillingBanner', 'BillingPage'])(
  'leads to every control of %s by Tab, in the order in which they stand',
  async (widget) => {
    const user = userEvent.setup();
    for (const { state, element } of states.filter((each) => each.widget === widget)) {
      const { container, unmount } = render(element);
      // In a group of choices the keyboard goes to one of them, and from there with the arrows.
      const controls = [
        ...container.querySelectorAll<HTMLElement>('button, a[href], input, select, textarea'),
      ]
        .filter((control) => !control.matches(':disabled'))
        .filter(
          (control) =>
            control.tabIndex >= 0 || control.closest('[role="radiogroup"], [role="tablist"]') === null,
        );
      const reached: Element[] = [];
      for (const _ of controls) {
        await user.tab();
        if (document.activeElement) reached.push(document.activeElement);
      }
      expect([state, reached.map(nameOf)]).toEqual([state, controls.map(nameOf)]);
      unmount();
    }
  },
);

it.each(billingWidgets)(
  'shows %s loading, with an error, where it is not permitted, and with nothing',
  (widget) => {
    const shown = states.filter((each) => each.widget === widget).map(({ state }) => state);
    expect(shown).toEqual(expect.arrayContaining(['loading', 'error', 'not permitted']));
    const nothing = /^(free|no plans|no limits|nothing( to share out)?|none yet)$/;
    expect(shown.filter((state) => nothing.test(state))).toHaveLength(1);
  },
);

it.each(['UsageHistory', 'MonthlyHistory', 'UsagePanel', 'UsageForecast', 'TaskTable', 'MemberAllocations'])(
  'F23: draws %s loading, stale, with an error, and where it is not permitted',
  async (widget) => {
    const drawn = states.filter((each) => each.widget === widget);
    for (const wanted of ['loading', 'stale', 'error', 'not permitted']) {
      const { container, unmount } = render(<>{drawn.find(({ state }) => state === wanted)?.element}</>);
      expect([wanted, container.querySelector('.uk-root') !== null]).toEqual([wanted, true]);
      if (wanted === 'not permitted')
        await waitFor(() => expect(container.textContent).toContain('Your role does not include'), patience);
      unmount();
    }
  },
);

it.each(states.filter(({ state }) => state.startsWith('stale')).map((each) => [each.widget, each] as const))(
  'F10: %s says since when its figures are no longer current',
  async (_widget, { element }) => {
    const { findByText, unmount } = render(element);
    expect(await findByText(/^Last updated/)).toBeVisible();
    unmount();
  },
);

it('F10: every widget that shows what was read before is drawn stale', () => {
  const drawn = new Set(states.filter(({ state }) => state.startsWith('stale')).map(({ widget }) => widget));
  const wanted = new Set(states.filter(({ state }) => state === 'error').map(({ widget }) => widget));
  // A dialog or a question that is answered once, and figures that come with another widget's.
  for (const once of ['PurchaseDialog', 'ConnectBrowser', 'LimitEditor', 'AlertEditor', 'SettingDialog'])
    wanted.delete(once);
  expect([...wanted].filter((widget) => !drawn.has(widget))).toEqual([]);
});

it.each(['Seats', 'AddOns', 'DedicatedIps', 'Invoices', 'UsageCosts', 'AutoTopUp', 'ConnectedBrowsers'])(
  'F10: keeps each fact of a line of %s whole, with the dot after it, and the line’s text as it was',
  (widget) => {
    const lines = states
      .filter((each) => each.widget === widget)
      .flatMap(({ element }) => {
        const { container, unmount } = render(element);
        const found = [...container.querySelectorAll('.uk-caption:has(> .uk-piece)')].map((line) => [
          line.textContent,
          [...line.querySelectorAll('.uk-piece')].map((piece) => piece.textContent).join(' '),
          [...line.querySelectorAll('.uk-piece > .uk-run')].map((fact) => fact.textContent).join(' · '),
        ]);
        unmount();
        return found;
      });
    expect(lines.length).toBeGreaterThan(0);
    for (const [text, pieces, told] of lines) expect([pieces, told]).toEqual([text, text]);
  },
);

describe('in Arabic', () => {
  // A Latin comma next to an Arabic letter or digit, also where marks of direction stand between them.
  const latinComma =
    /[\u0600-\u06ff][\u200e\u200f\u2066-\u2069]*,|,[\s\u200e\u200f\u2066-\u2069]*[\u0600-\u06ff]/;

  it('F10: no Latin comma parts words or figures', () => {
    const found: string[] = [];
    for (const { widget, state, element } of states) {
      const { container, unmount } = render(
        <UsageKitContext.Provider value={{ client: undefined, session: null, locale: 'ar-EG', messages: ar }}>
          {element}
        </UsageKitContext.Provider>,
      );
      const labels = [...container.querySelectorAll('[aria-label]')].map((each) =>
        each.getAttribute('aria-label'),
      );
      const lines = [...container.querySelectorAll('p, li, dt, dd, td, th, span')].map(
        (each) => each.textContent,
      );
      for (const text of [...labels, ...lines])
        if (text !== null && latinComma.test(text)) found.push(`${widget}, ${state}: ${text.slice(0, 100)}`);
      unmount();
    }
    expect([...new Set(found)]).toEqual([]);
  });
});

it('names every state once', () => {
  const names = states.map(({ widget, state }) => `${widget}, ${state}`);
  expect(new Set(names).size).toBe(names.length);
});

function nameOf(element: Element): string {
  return `${element.localName} ${element.getAttribute('aria-label') ?? element.textContent}`;
}
