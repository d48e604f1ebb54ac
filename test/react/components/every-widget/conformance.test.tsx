import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import { cleanupUsageKit, createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import type { Activity, Page } from '@usagekit/server/contract';
import {
  type ComponentType,
  cloneElement,
  createRef,
  forwardRef,
  isValidElement,
  type ReactElement,
  type RefAttributes,
} from 'react';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import * as credits from '../../../../sdk/gallery/fixtures/credits.ts';
import { diagnoses } from '../../../../sdk/gallery/fixtures/diagnosis.ts';
import { november } from '../../../../sdk/gallery/fixtures/forecast.ts';
import * as invoices from '../../../../sdk/gallery/fixtures/invoices.ts';
import { model } from '../../../../sdk/gallery/fixtures/models.ts';
import { months } from '../../../../sdk/gallery/fixtures/months.ts';
import { ownKeys } from '../../../../sdk/gallery/fixtures/own-keys.ts';
import { offer as planOffer } from '../../../../sdk/gallery/fixtures/plans.ts';
import { allSeries } from '../../../../sdk/gallery/fixtures/series.ts';
import { settings } from '../../../../sdk/gallery/fixtures/settings.ts';
import { shares } from '../../../../sdk/gallery/fixtures/shares.ts';
import { pastDue, pro } from '../../../../sdk/gallery/fixtures/subscription.ts';
import { tasks } from '../../../../sdk/gallery/fixtures/tasks.ts';
import { budget, usage } from '../../../../sdk/gallery/fixtures/usage.ts';
import { failed, loading, notPermitted } from '../../../../sdk/gallery/gallery-state.ts';
import { states } from '../../../../sdk/gallery/states.tsx';
import { ActivityLogView } from '../../../../sdk/src/components/activity-log/index.ts';
import { AutoTopUpView } from '../../../../sdk/src/components/auto-top-up/index.ts';
import { BillingPageView } from '../../../../sdk/src/components/billing-page/index.ts';
import { CreditBalanceView } from '../../../../sdk/src/components/credit-balance/index.ts';
import {
  ChargesView,
  InvoicesView,
  PaymentMethodView,
} from '../../../../sdk/src/components/invoices/index.ts';
import { MemberAllocationsView } from '../../../../sdk/src/components/member-allocations/index.ts';
import { ModelRateView, RunCostView } from '../../../../sdk/src/components/model-cost/index.ts';
import { ModelPickerView } from '../../../../sdk/src/components/model-picker/index.ts';
import { optionalParts } from '../../../../sdk/src/components/parts/widget/optional-parts.ts';
import { classOf, type PartName, parts } from '../../../../sdk/src/components/parts/widget/part-names.ts';
import { PlanCardView } from '../../../../sdk/src/components/plan-card/index.ts';
import {
  PurchaseDialogView,
  type PurchaseOffer,
} from '../../../../sdk/src/components/purchase-dialog/index.ts';
import { GivenUsageHistory, MonthlyHistory } from '../../../../sdk/src/components/usage-history/index.ts';
import { resourceOf } from '../../../../sdk/src/hooks/base/resource.ts';
import type { PurchaseFlow } from '../../../../sdk/src/hooks/purchases/use-purchase.ts';
import * as kit from '../../../../sdk/src/index.ts';
import { de } from '../../../../sdk/src/messages/languages/de.ts';

// biome-ignore lint/suspicious/noExplicitAny: the suite gives every component what all of them take
type AnyWidget = ComponentType<any>;

/** The element of a gallery state, whose props make its component show something. */
function propsOf(widget: string, state: string): object {
  const shown = states.find((each) => each.widget === widget && each.state === state);
  return isValidElement<object>(shown?.element) ? shown.element.props : {};
}

/** What can only be shown with a server, with one that nobody asks. */
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
  ['BillingPage', signedOut(kit.BillingPage), {}],
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
  ['PlanComparison', kit.PlanComparison, { data: planOffer }],
  ['TaskTable', kit.TaskTable, { data: tasks }],
  ['UsageHistory', GivenUsageHistory, { series: allSeries, cycle: usage.cycle }],
  ['UsagePanel', kit.UsagePanel, { data: usage, series: allSeries, months }],
  ['WhyBlocked', kit.WhyBlocked, { data: diagnoses.credits }],
  ['OwnKeys', kit.OwnKeys, { data: ownKeys }],
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

/** What loads by itself has been loaded and drawn. */
const settled = () => act(() => vi.dynamicImportSettled());

/** All texts of a language, each with a mark. */
const marked = Object.fromEntries(
  Object.entries(de).map(([component, texts]) => [component, withMark(texts)]),
);

function withMark(text: unknown): unknown {
  if (typeof text === 'string') return `«${text}`;
  if (typeof text === 'function') return (...given: unknown[]) => withMark(text(...given));
  if (Array.isArray(text)) return text.map(withMark);
  return typeof text === 'object' && text !== null
    ? Object.fromEntries(Object.entries(text).map(([name, each]) => [name, withMark(each)]))
    : text;
}

/** The widgets that a page shows of what the account has, by the part of the page. */
const pagesOnServer: {
  [Page in 'UsagePage' | 'TasksPage']: Record<keyof (typeof optionalParts)[Page], string>;
} = {
  UsagePage: { planName: 'plan-card', credits: 'credit-balance', members: 'member-allocations' },
  TasksPage: { blocked: 'why-blocked' },
};

const nothing = async () => {};
const page = { hasMore: true, isLoadingMore: false, loadMoreError: undefined, loadMore: nothing };
const invoiceActions = {
  busy: undefined,
  failed: undefined,
  answer: undefined,
  pay: nothing,
  readPdf: async () => undefined,
  readCsv: async () => undefined,
};
const offer: PurchaseOffer = {
  packs: [
    {
      id: 'one',
      label: 'One',
      credits: '500',
      bonus: '50',
      price: { amount: '5', currency: 'USD' },
      expiresAfterDays: null,
    },
  ],
  available: '380',
  debt: '0',
  canPurchase: true,
  paymentMethod: null,
  asOf: credits.asOf,
};
const modelList = {
  items: [
    model({
      ...{ id: 'one', label: 'One', tierLabel: 'Light', perRequest: '12', cheapest: true },
      serviceTiers: [{ id: 'priority', factor: '2' }],
    }),
  ],
  creditLabel: credits.creditLabel,
  asOf: credits.asOf,
};

const purchaseAtRest: PurchaseFlow = {
  status: 'idle',
  packId: undefined,
  purchase: undefined,
  error: undefined,
  buy: nothing,
  retry: nothing,
  reset: () => {},
};
const payment = { isStarting: false, error: undefined, start: nothing };
const activityPage: Page<Activity> = { items: [], nextCursor: null };

/** What shows the parts that the suite's own props do not show. */
const richer: Record<string, ReactElement> = {
  ActivityLog: <ActivityLogView resource={resourceOf(activityPage)} more={page} />,
  BillingPage: <BillingPageView section="overview" contentOf={() => null} />,
  BudgetBar: (
    <kit.BudgetBar budget={{ ...budget, percent: 92, level: 'high' }} timeZone="UTC" asOf={credits.asOf} />
  ),
  Charges: <ChargesView resource={resourceOf({ items: invoices.charges, nextCursor: null })} more={page} />,
  Invoices: (
    <InvoicesView
      resource={resourceOf({ items: invoices.invoices, nextCursor: null })}
      more={page}
      actions={invoiceActions}
      onSave={() => {}}
    />
  ),
  MemberAllocations: (
    <MemberAllocationsView resource={resourceOf(shares)} allocate={async () => []} more={page} />
  ),
  ModelPicker: <ModelPickerView resource={resourceOf(modelList)} value={null} onChange={() => {}} />,
  ModelCost: <ModelRateView resource={resourceOf(modelList)} model="one" />,
  PurchaseDialog: (
    <PurchaseDialogView
      open
      onClose={() => {}}
      resource={resourceOf(offer)}
      flow={purchaseAtRest}
      payment={payment}
    />
  ),
};

function candidatesOf(widget: string): ReactElement<{ parts?: object }>[] {
  const own = widgets
    .filter(([name]) => name === widget)
    .map(([name, Component, props]) => <Component key={name} {...props} />);
  const ofGallery = states.filter((each) => each.widget === widget).map(({ element }) => element);
  return [richer[widget] ?? [], own, ofGallery].flat() as ReactElement<{ parts?: object }>[];
}

/** What an element shows once all of it is there. */
async function drawn(element: ReactElement): Promise<{ html: string; words: string[] }> {
  const { baseElement } = render(element);
  // What was loaded may load more.
  for (let before = ''; before !== baseElement.innerHTML; ) {
    before = baseElement.innerHTML;
    await settled();
  }
  const html = baseElement.innerHTML.replaceAll(/[«:_]r_?\w+?[»:_]/g, '');
  const texts: string[] = [];
  const walker = document.createTreeWalker(baseElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(...(walker.currentNode.textContent ?? '').split(/[\s·]+/));
  cleanup();
  return { html, words: texts.filter(Boolean) };
}

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

  it('puts what the host gave before and after its content, within its root', () => {
    const slots = { before: <b>first</b>, after: <b>last</b> };
    render(<Component {...props} slots={slots} data-testid="root" />);
    expect(screen.getByTestId('root').textContent).toMatch(/^first.*last$/s);
  });

  it('begins with a heading of the level that the host gave, if it has one', async () => {
    const { container } = render(<Component {...props} headingLevel={4} />);
    await settled();
    const levels = [...container.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(
      ({ localName }) => localName,
    );
    expect(levels.filter((level) => level < 'h4')).toEqual([]);
    if (levels.length > 0) expect(levels).toContain('h4');
  });

  it('takes texts of its own, which no other widget takes', async () => {
    const { container } = render(
      <>
        <div>
          <Component {...props} messages={marked} />
        </div>
        <div>
          <Component {...props} />
        </div>
      </>,
    );
    await settled();
    const [own, other] = [...container.children].map((each) => each.outerHTML.includes('«'));
    expect([own, other]).toEqual([true, false]);
  });
});

describe('parts to leave out', () => {
  it('F10: are told for every component, or why there are none', () => {
    const names = [...widgets.map(([name]) => name), 'Gate', 'SpentByMember'];
    expect(Object.keys(optionalParts).sort()).toEqual(names.sort());
  });

  const named = Object.entries(optionalParts)
    .filter(([widget]) => !(widget in pagesOnServer))
    .flatMap(([widget, its]) =>
      typeof its === 'string' ? [] : Object.keys(its).map((part) => ({ widget, part })),
    );

  it.each(named)('F10: of $widget can be $part, and nothing else goes or comes', async ({ widget, part }) => {
    const changed: string[] = [];
    for (const element of candidatesOf(widget)) {
      const whole = await drawn(element);
      const left = await drawn(cloneElement(element, { parts: { [part]: false } }));
      if (whole.html.length === left.html.length) continue;
      changed.push(part);
      expect(left.html.length).toBeLessThan(whole.html.length);
      expect(left.words.filter((word) => !whole.words.includes(word))).toEqual([]);
      expect((await drawn(cloneElement(element, { parts: { [part]: true } }))).words).toEqual(whole.words);
      break;
    }
    expect(changed).toEqual([part]);
  });

  it.each(
    Object.entries(pagesOnServer).flatMap(([page, its]) =>
      Object.entries(its).map(([part, widget]) => ({
        page: page as keyof typeof pagesOnServer,
        part,
        widget,
      })),
    ),
  )('F10: of $page can be $part', async ({ page, part, widget }) => {
    const Page: AnyWidget = { UsagePage: kit.UsagePage, TasksPage: kit.TasksPage }[page];
    const scenario = page === 'TasksPage' ? 'outOfCredits' : 'healthy';
    const shown = async (its: object) => {
      const mock = createUsageKitMock({ scenario, afterEach: onTestFinished });
      const { container } = renderWithUsageKit(<Page parts={its} />, { mock });
      // Each page ends with this one.
      const last =
        page === 'TasksPage' ? 'task-table' : part === 'members' ? 'credit-balance' : 'member-allocations';
      await waitFor(() =>
        expect(
          container.querySelector(
            `[data-widget='${last}'][data-state='ready'], [data-widget='${last}'][data-state='ok']`,
          ),
        ).not.toBeNull(),
      );
      return container;
    };
    const whole = await shown({});
    await waitFor(() => expect(whole.querySelector(`[data-widget='${widget}']`)).not.toBeNull());
    cleanupUsageKit();
    const left = await shown({ [part]: false });
    expect(left.querySelector(`[data-widget='${widget}']`)).toBeNull();
    cleanupUsageKit();
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
