import { render, screen } from '@testing-library/react';
import { type ComponentType, createRef, forwardRef, isValidElement, type RefAttributes } from 'react';
import { describe, expect, it } from 'vitest';
import * as credits from '../../../sdk/gallery/fixtures/credits.ts';
import { diagnoses } from '../../../sdk/gallery/fixtures/diagnosis.ts';
import { november } from '../../../sdk/gallery/fixtures/forecast.ts';
import * as invoices from '../../../sdk/gallery/fixtures/invoices.ts';
import { months } from '../../../sdk/gallery/fixtures/months.ts';
import { offer } from '../../../sdk/gallery/fixtures/plans.ts';
import { allSeries } from '../../../sdk/gallery/fixtures/series.ts';
import { settings } from '../../../sdk/gallery/fixtures/settings.ts';
import { shares } from '../../../sdk/gallery/fixtures/shares.ts';
import { pastDue, pro } from '../../../sdk/gallery/fixtures/subscription.ts';
import { tasks } from '../../../sdk/gallery/fixtures/tasks.ts';
import { budget, usage } from '../../../sdk/gallery/fixtures/usage.ts';
import { failed, loading, notPermitted } from '../../../sdk/gallery/gallery-state.ts';
import { states } from '../../../sdk/gallery/states.tsx';
import { ActivityLogView } from '../../../sdk/src/components/activity-log/index.ts';
import { AutoTopUpView } from '../../../sdk/src/components/auto-top-up/index.ts';
import { BillingPageView } from '../../../sdk/src/components/billing-page/index.ts';
import { CreditBalanceView } from '../../../sdk/src/components/credit-balance/index.ts';
import { PaymentMethodView } from '../../../sdk/src/components/invoices/index.ts';
import { RunCostView } from '../../../sdk/src/components/model-cost/index.ts';
import { classOf, type PartName, parts } from '../../../sdk/src/components/parts/widget/part-names.ts';
import { PlanCardView } from '../../../sdk/src/components/plan-card/index.ts';
import { PurchaseDialogView } from '../../../sdk/src/components/purchase-dialog/index.ts';
import { GivenUsageHistory, MonthlyHistory } from '../../../sdk/src/components/usage-history/index.ts';
import * as kit from '../../../sdk/src/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: the suite gives every component what all of them take
type AnyWidget = ComponentType<any>;

/** The element of a gallery state, whose props make its component show something. */
function propsOf(widget: string, state: string): object {
  const shown = states.find((each) => each.widget === widget && each.state === state);
  return isValidElement<object>(shown?.element) ? shown.element.props : {};
}

/** What can only be shown beside a server, with one that nobody asks. */
const signedOut = (Component: AnyWidget) =>
  forwardRef<HTMLDivElement, object>((props, ref) => {
    const client = kit.createClient({ baseUrl: 'https://usage.test' });
    return (
      <kit.UsageKitProvider client={client} session={null}>
        <Component {...props} ref={ref} />
      </kit.UsageKitProvider>
    );
  });

const widgets: [name: string, Component: AnyWidget, props: object][] = [
  ['BillingBanner', kit.BillingBanner, { data: pastDue }],
  ['BudgetBar', kit.BudgetBar, { budget, timeZone: 'UTC', asOf: credits.asOf }],
  ['CreditBalance', kit.CreditBalance, { data: credits.lowCredits }],
  ['Meter', kit.Meter, { meter: usage.groups[0]?.meters[0] }],
  [
    'ModelPicker',
    kit.ModelPicker,
    { data: { items: [], asOf: credits.asOf }, value: null, onChange: () => {} },
  ],
  ['MonthlyHistory', MonthlyHistory, { data: months }],
  ['OutOfCredits', kit.OutOfCredits, propsOf('OutOfCredits', 'out of credits')],
  ['PlanCard', kit.PlanCard, { data: pro }],
  ['BillingPage', BillingPageView, propsOf('BillingPage', 'overview')],
  ['Seats', kit.Seats, { data: settings }],
  ['AddOns', kit.AddOns, { data: settings }],
  ['DedicatedIps', kit.DedicatedIps, { data: settings }],
  ['AdditionalUse', kit.AdditionalUse, { data: settings }],
  ['LimitEditor', signedOut(kit.LimitEditor), { meter: usage.groups[0]?.meters[0] }],
  ['AlertEditor', signedOut(kit.AlertEditor), { meter: usage.groups[0]?.meters[0] }],
  ['UsagePage', signedOut(kit.UsagePage), {}],
  ['TasksPage', signedOut(kit.TasksPage), {}],
  ['MemberAllocations', kit.MemberAllocations, { data: shares }],
  ['PlanLimits', kit.PlanLimits, { data: pro }],
  ['UsageForecast', kit.UsageForecast, { data: november }],
  ['Charges', kit.Charges, { data: invoices.charges }],
  ['Invoices', kit.Invoices, { data: invoices.invoices }],
  ['PaymentMethod', PaymentMethodView, propsOf('PaymentMethod', 'a card')],
  ['UpcomingInvoice', kit.UpcomingInvoice, { data: invoices.upcoming }],
  ['UsageCosts', kit.UsageCosts, { data: invoices.upcoming }],
  ['PlanComparison', kit.PlanComparison, { data: offer }],
  ['TaskTable', kit.TaskTable, { data: tasks }],
  ['UsageHistory', GivenUsageHistory, { series: allSeries, cycle: usage.cycle }],
  ['UsagePanel', kit.UsagePanel, { data: usage, series: allSeries, months }],
  ['WhyBlocked', kit.WhyBlocked, { data: diagnoses.credits }],
  ['ConnectBrowser', kit.ConnectBrowser, propsOf('ConnectBrowser', 'question')],
  ['ConnectedBrowsers', kit.ConnectedBrowsers, { data: [] }],
  ['ActivityLog', ActivityLogView, propsOf('ActivityLog', 'ready')],
  ['AutoTopUp', AutoTopUpView, propsOf('AutoTopUp', 'on')],
  ['ModelCost', RunCostView, propsOf('ModelCost', 'a run')],
  [
    'PurchaseDialog',
    PurchaseDialogView,
    { open: true, onClose: () => {}, resource: loading(), flow: { status: 'idle' }, payment: {} },
  ],
];

/** What draws nothing of its own: `Gate` shows its children, or `OutOfCredits` with what it was given; providers hand things on. */
const others = [
  'Gate',
  'LocaleProvider',
  'SpentByMember',
  'UsageKitProvider',
  'WidgetRoot',
  'WithFirstAnswers',
];

it('every component of the package is in the suite', () => {
  const components = Object.keys(kit).filter(
    (name) => /^[A-Z]/.test(name) && !/Error$/.test(name) && !others.includes(name),
  );
  expect(components.filter((name) => !widgets.some(([each]) => each === name))).toEqual([]);
});

const everyPart = Object.fromEntries(Object.keys(parts).map((name) => [name, `host-${name}`])) as Record<
  PartName,
  string
>;

describe.each(widgets)('%s', (_name, Component, props) => {
  it('gives its root the ref, class, style, id and data attributes that the host gave', () => {
    const ref = createRef<HTMLDivElement>();
    const given = { ref, className: 'mine more', style: { order: 3 }, id: 'here', 'data-testid': 'root' };
    const { container } = render(<Component {...props} {...(given as RefAttributes<HTMLDivElement>)} />);
    const root = screen.getByTestId('root');
    expect(ref.current).toBe(root);
    expect(root).toHaveClass('mine', 'more');
    expect(root.className).toMatch(/^uk-/);
    expect(root).toHaveStyle({ order: '3' });
    expect(root.id).toBe('here');
    expect(container.querySelectorAll('.mine')).toHaveLength(1);
  });

  it('adds to each part the class that the host gave for it, after its own', () => {
    const { container } = render(<Component {...props} classNames={everyPart} />);
    let found = 0;
    const without: string[] = [];
    for (const name of Object.keys(parts) as PartName[]) {
      for (const part of container.querySelectorAll(`.${classOf(name)}`)) {
        found += 1;
        if (!part.classList.contains(`host-${name}`)) without.push(`${name}: ${part.getAttribute('class')}`);
        expect(part.getAttribute('class')).toMatch(/^uk-/);
      }
    }
    expect(without).toEqual([]);
    expect(found).toBeGreaterThan(0);
  });
});

describe('every widget in every state', () => {
  it('F10: makes no element without a class of its own, so that the sheet reaches all and nothing else', () => {
    const bare = states.flatMap(({ widget, state, element }) => {
      const { container, unmount } = render(element);
      const found = [...container.querySelectorAll('.uk-root *')].filter(
        (each) =>
          !each.closest('svg, .uk-chart') && !/^uk-/.test(each.className) && each.localName !== 'option',
      );
      const names = found.map((each) => `${widget}, ${state}: ${each.outerHTML.slice(0, 80)}`);
      unmount();
      return names;
    });
    expect(bare).toEqual([]);
  });
});

describe('slots', () => {
  it('stand around what is shown, and in place of the states', async () => {
    const slots = {
      before: <p>first</p>,
      after: <p>last</p>,
      loading: <p>soon</p>,
      notPermitted: <p>not yours</p>,
      empty: <p>nothing</p>,
      error: ({ retry }: { retry: () => Promise<void> }) => (
        <button type="button" onClick={() => void retry()}>
          once more
        </button>
      ),
    };
    const shown = (resource: Parameters<typeof PlanCardView>[0]['resource']) => {
      const { container, unmount } = render(<PlanCardView resource={resource} slots={slots} />);
      const { textContent } = container;
      unmount();
      return textContent;
    };
    expect(shown(loading())).toMatch(/^first.*soonlast$/);
    expect(shown(failed())).toMatch(/^first.*once morelast$/);
    expect(shown(notPermitted())).toMatch(/^first.*not yourslast$/);
    render(<kit.CreditBalance data={credits.emptyCredits} slots={slots} />);
    expect(screen.getByText('nothing')).toBeInTheDocument();
  });
});

describe('messages of one widget', () => {
  it('go before the provider, and stay with their widget', () => {
    render(
      <>
        <CreditBalanceView resource={{ ...loading() }} messages={{ creditBalance: { title: 'Coins' } }} />
        <kit.CreditBalance data={credits.credits} />
        <kit.CreditBalance
          data={credits.credits}
          messages={{ creditBalance: { title: 'Gems', available: 'Left' } }}
        />
      </>,
    );
    expect(screen.getByRole('heading', { name: 'Coins' })).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Credits' })).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Gems' })).toHaveTextContent('Left');
  });
});
