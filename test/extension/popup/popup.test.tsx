import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { DiscoveredPage } from '../../../extension/src/chrome/discover-page.ts';
import { emptySnapshot, type Failure, type Snapshot } from '../../../extension/src/core/account/snapshot.ts';
import type { ExtensionState } from '../../../extension/src/core/rpc/rpc.ts';
import type { RpcRequest } from '../../../extension/src/core/rpc/rpc-name.ts';
import { defaultSettings } from '../../../extension/src/core/settings.ts';
import type { KitMessages } from '../../../extension/src/kit-messages/give-kit-messages.ts';
import Popup from '../../../extension/src/popup/index.tsx';
import { sampleBlocked, sampleMeter, sampleSummary } from '../../../extension/test-support/sample-summary.ts';
import { patience } from '../../support/patience.ts';

const { sendToBackground } = vi.hoisted(() => ({ sendToBackground: vi.fn() }));
vi.mock('@plasmohq/messaging', () => ({ sendToBackground }));

// The bundler's addresses of scripts are read here as modules.
vi.mock('../../../extension/src/kit-messages/load-kit-messages.ts', () => ({
  loadKitMessages: (language: string) => kitMessages[language]?.(),
}));
const kitMessages: Record<string, () => Promise<KitMessages>> = {
  de: () => import('@usagekit/react/messages/de').then(({ de }) => de),
  ja: () => import('@usagekit/react/messages/ja').then(({ ja }) => ja),
  ar: () => import('@usagekit/react/messages/ar').then(({ ar }) => ar),
};

const connection = {
  id: 'acme https://usage.acme.example',
  serverUrl: 'https://usage.acme.example',
  accountId: 'acme',
  accountName: 'Acme',
  connectedAtMs: 1,
};
const failure: Failure = {
  kind: 'unreachable',
  message: 'usage.acme.example could not be reached.',
  atMs: 1,
  count: 1,
  retryAfterSeconds: null,
};

function stateOf(
  summary: Parameters<typeof sampleSummary>[0] | null,
  more: Partial<Snapshot> = {},
): ExtensionState {
  const whole = summary === null ? null : sampleSummary(summary);
  const isBlocked = whole !== null && whole.blocked !== null;
  return {
    accounts: [
      {
        connection,
        snapshot: {
          ...emptySnapshot,
          summary: whole,
          isBlocked,
          asOfMs: whole === null ? null : Date.now(),
          ...more,
        },
      },
    ],
    shownId: connection.id,
    sites: [],
    settings: defaultSettings,
    pairing: null,
  };
}

/** The browser's. */
let language: string;
/** What the tab in view says of itself. */
let page: DiscoveredPage | null;
/** Publishes another state, as the background does. */
let publish: (state: ExtensionState) => void;

/** Shows the popup on a state that is known already, while the background has nothing newer to say. */
async function showPopup(state: ExtensionState): Promise<HTMLElement> {
  vi.stubGlobal('chrome', {
    runtime: {
      id: 'x',
      getURL: (path: string) => `chrome-extension://x/${path}`,
      connect: () => ({ onDisconnect: { addListener: () => undefined }, disconnect: () => undefined }),
      openOptionsPage: vi.fn(),
    },
    storage: Object.fromEntries(
      ['local', 'session'].map((area) => [
        area,
        {
          get: async () => ({ state }),
          onChanged: {
            addListener(listener: (changes: Record<string, { newValue: unknown }>) => void) {
              if (area === 'session') publish = (next) => listener({ state: { newValue: next } });
            },
            removeListener: () => undefined,
          },
        },
      ]),
    ),
    i18n: { getUILanguage: () => language },
    tabs: { query: async () => (page === null ? [] : [{ id: 1 }]), create: vi.fn() },
    scripting: { executeScript: async () => [{ result: page }] },
    permissions: { request: vi.fn(async () => true) },
  });
  sendToBackground.mockImplementation(({ body }: { body: RpcRequest }) =>
    body.method === 'summary' ? new Promise(() => undefined) : Promise.resolve({ ok: true, value: null }),
  );
  render(<Popup />);
  await vi.waitFor(() => expect(screen.getByRole('main')).toHaveAttribute('data-badge-state'), patience);
  return screen.getByRole('main');
}

beforeEach(() => {
  language = 'en';
  page = null;
  sendToBackground.mockReset();
});

describe('the popup', () => {
  it('tells no reset of credits that do not come again', async () => {
    const popup = await showPopup(stateOf({ creditsResetAt: null }));
    expect(within(popup).getByText('of 5,000 this period')).toBeInTheDocument();
    expect(popup).not.toHaveTextContent(/At this pace|resets/);
  });

  it('paints balance and meters from what is known, while the background is still asked', async () => {
    const popup = await showPopup(stateOf({ meters: [sampleMeter({ percent: 92.4, level: 'high' })] }));
    expect(within(popup).getByText('1,234')).toBeInTheDocument();
    expect(within(popup).getByText('of 5,000 this period · resets in 11 days')).toBeInTheDocument();
    expect(within(popup).getByText('At this pace used up in 6 days')).toBeInTheDocument();
    expect(within(popup).getByRole('meter', { name: 'Emails' })).toHaveAttribute('aria-valuenow', '92.4');
    expect(within(popup).queryByRole('status')).not.toBeInTheDocument();
  });

  it('F26: says of a meter and of a window too whether they last', async () => {
    const window = {
      id: 'five-hours',
      label: '5 hours',
      metric: 'runs',
      unit: { one: 'run', other: 'runs' },
      of: 'account' as const,
      kind: 'first_use' as const,
      minutes: 300,
      used: '50',
      held: '0',
      limit: '100',
      percent: 50,
      level: 'ok' as const,
      startsAt: '2026-11-20T07:00:00.000Z',
      resetsAt: '2026-11-20T12:00:00.000Z',
    };
    // Nineteen days of thirty have passed.
    const popup = await showPopup(
      stateOf({ credits: null, meters: [sampleMeter({ percent: 40 })], windows: [window] }),
    );
    expect(within(popup).getByRole('meter', { name: '5 hours' })).toHaveAttribute('aria-valuenow', '50');
    expect(within(popup).getByText('At this pace enough until the reset')).toBeInTheDocument();
    expect(within(popup).getByText('At this pace used up in 1 hour')).toBeInTheDocument();
  });

  it('F5: asks for credits and usage on opening, and again for what no message has carried', async () => {
    const asked = (): string[] => ['credits', 'usage'].flatMap((name) => called(name).map(() => name));
    const current = { usage: true, credits: true };
    await showPopup(stateOf({}, { isCurrent: current }));
    await vi.waitFor(() => expect(asked()).toEqual(['credits', 'usage']), patience);
    for (const version of [2, 3]) act(() => publish(stateOf({ version }, { isCurrent: current })));
    act(() => publish(stateOf({ version: 4 }, { isCurrent: { ...current, usage: false } })));
    await vi.waitFor(() => expect(asked()).toEqual(['credits', 'usage', 'usage']), patience);
  });

  it('F5: writes every figure in the browser’s own locale, those of the kit’s parts too', async () => {
    language = 'de';
    const meters = [sampleMeter({ used: '3956.96', included: '5000', percent: 79.1 })];
    const popup = await showPopup(
      stateOf({
        credits: { available: '5010.43', held: '0', unit: 'credits' },
        creditsIncluded: '6000',
        meters,
      }),
    );
    expect(popup).toHaveTextContent('5.010,43');
    expect(popup).toHaveTextContent('3.956,96');
    expect(popup).not.toHaveTextContent(/\d,\d{3}|\d\.\d{2}\b(?!\d)/);
  });

  it.each([
    ['de-AT', 'ltr', /von 5.000 in diesem Zeitraum · Neustart in 11 Tagen/, 'Aktualisieren'],
    ['ja', 'ltr', /この期間の5,000のうち · 11 日後にリセット/, '更新'],
    ['ar', 'rtl', /في هذه الفترة · يتجدد/, 'تحديث'],
    ['fr-CH', 'ltr', /of 5’?.?000 this period · resets in 11 days/, 'Refresh'],
  ])('F26: speaks the browser’s language, %s, and writes %s', async (spoken, direction, caption, refresh) => {
    language = spoken;
    const popup = await showPopup(stateOf({ meters: [sampleMeter({ percent: 92.4, level: 'high' })] }));
    expect(popup).toHaveTextContent(caption);
    expect(within(popup).getByRole('button', { name: refresh })).toBeInTheDocument();
    expect(document.documentElement).toHaveAttribute('dir', direction);
    // The kit's parts and the extension's own words are of one language.
    const inEnglish = document.documentElement.lang === 'en';
    expect(/\b(used|left|resets|Available)\b/i.test(popup.textContent ?? '')).toBe(inEnglish);
  });

  it('leads to the settings while nothing is connected', async () => {
    const popup = await showPopup({ ...stateOf(null), accounts: [], shownId: null });
    (await within(popup).findByRole('button', { name: 'Connect', hidden: false })).click();
    expect(chrome.runtime.openOptionsPage).toHaveBeenCalledOnce();
  });

  it('says at the top what is low', async () => {
    const meters = [sampleMeter({ percent: 92.4, level: 'high' })];
    const popup = await showPopup(stateOf({ level: 'high', meters }));
    expect(within(popup).getByRole('status')).toHaveTextContent(/^Emails 7% left/);
  });

  it('C11: says why work is stopped, when it goes on, and the one thing to do', async () => {
    const popup = await showPopup(
      stateOf({ credits: { available: '0', held: '0', unit: 'credits' }, blocked: sampleBlocked() }),
    );
    const notice = within(popup).getByRole('status');
    expect(notice).toHaveTextContent('No credits leftNew work is paused and nothing was deleted.');
    expect(notice).toHaveTextContent('Resets in 11 days.');
    expect(within(notice).getAllByRole('button')).toEqual([
      within(notice).getByRole('button', { name: 'Buy credits' }),
    ]);
  });

  it('C11: says who can help where the reader may not, and leads it to no billing', async () => {
    const actions = [
      { kind: 'buy_credits' as const, label: 'Buy credits', allowed: false },
      { kind: 'ask_admin' as const, label: 'Ask an admin', allowed: true },
    ];
    const popup = await showPopup(stateOf({ blocked: sampleBlocked({ actions }) }));
    const notice = within(popup).getByRole('status');
    expect(notice).toHaveTextContent('An owner or admin can change that.');
    expect(within(notice).queryByRole('button')).not.toBeInTheDocument();
  });

  it('F26: links the pages that the product tells, and only billing where an older server tells no more', async () => {
    const pages = { usageUrl: 'https://app.acme.example/usage', tasksUrl: '/tasks' };
    const first = await showPopup(stateOf(pages));
    const links = within(first).getByRole('navigation', { name: 'Pages of the product' });
    const names = () =>
      within(links)
        .getAllByRole('button')
        .map(({ textContent }) => textContent);
    expect(names()).toEqual(['Usage', 'Tasks', 'Billing']);
    fireEvent.click(within(links).getByRole('button', { name: 'Tasks' }));
    expect(called('openPage')).toMatchObject([{ params: { page: 'tasks' } }]);
    act(() => publish(stateOf({ tasksUrl: 'javascript:alert(1)' })));
    expect(names()).toEqual(['Billing']);
    act(() => publish(stateOf({ billingUrl: null })));
    expect(within(first).queryByRole('navigation')).not.toBeInTheDocument();
  });

  it.each([
    ['de', ['Nutzung', 'Aufgaben', 'Abrechnung']],
    ['ja', ['使用状況', 'タスク', '請求']],
    ['ar', ['الاستخدام', 'المهام', 'الفوترة']],
  ])('F26: names the pages of the product in %s', async (reader, names) => {
    language = reader;
    const popup = await showPopup(stateOf({ usageUrl: '/usage', tasksUrl: '/tasks' }));
    const links = within(popup).getByRole('navigation');
    expect(
      within(links)
        .getAllByRole('button')
        .map(({ textContent }) => textContent),
    ).toEqual(names);
  });

  it('speaks of nobody where only time helps', async () => {
    const actions = [{ kind: 'wait' as const, label: 'Wait for the reset', allowed: true }];
    const popup = await showPopup(stateOf({ blocked: sampleBlocked({ actions }) }));
    expect(within(popup).getByRole('status')).not.toHaveTextContent('owner or admin');
  });

  it('keeps old figures on screen with their age and a way to try again', async () => {
    const popup = await showPopup(stateOf({}, { asOfMs: Date.now() - 86_400_000, failure }));
    expect(within(popup).getByRole('status')).toHaveTextContent(/Figures from .*could not be reached/);
    expect(within(popup).getByRole('button', { name: 'Try again' })).toBeInTheDocument();
    expect(within(popup).getByText('1,234')).toBeInTheDocument();
  });

  it('says so where there is nothing to show, and where the connection has ended', async () => {
    const first = await showPopup(stateOf(null, { failure }));
    expect(within(first).getByRole('status')).toHaveTextContent('No figures yet');
    document.body.replaceChildren();
    const second = await showPopup(stateOf({}, { failure: { ...failure, kind: 'unauthorized' } }));
    expect(within(second).getByRole('button', { name: 'Connect again' })).toBeInTheDocument();
  });

  it('shows percentages and no balance to one who may see percentages only', async () => {
    const meters = [sampleMeter({ used: null, included: null, percent: 88.5, level: 'warning' })];
    const popup = await showPopup(stateOf({ credits: null, creditsIncluded: null, meters }));
    expect(within(popup).queryByText('Available')).not.toBeInTheDocument();
    expect(popup).toHaveTextContent('88.5%');
  });

  const discovered = { origin: 'https://app.acme.example', serverUrl: 'https://usage.acme.example/' };
  const called = (method: string) =>
    sendToBackground.mock.calls
      .map(([{ body }]) => body as RpcRequest)
      .filter((body) => body.method === method);

  it('F26: offers to connect the product of the page in view, and names its server', async () => {
    page = discovered;
    const popup = await showPopup({ ...stateOf(null), accounts: [], shownId: null });
    const connect = await within(popup).findByRole('button', { name: 'Connect to usage.acme.example' });
    connect.click();
    await vi.waitFor(
      () => expect(called('pair')).toMatchObject([{ params: { serverUrl: 'https://usage.acme.example' } }]),
      patience,
    );
  });

  it.each(['http://evil.example', 'javascript:alert(1)', 'https://user:pass@acme.example'])(
    'F26: offers nothing where the page names %s',
    async (serverUrl) => {
      page = { ...discovered, serverUrl };
      const popup = await showPopup({ ...stateOf(null), accounts: [], shownId: null });
      expect(await within(popup).findByRole('button', { name: 'Connect' })).toBeInTheDocument();
    },
  );

  it('F26: shows the code that the product’s page must show too, while it waits', async () => {
    const pairing = { status: 'waiting', host: 'usage.acme.example', userCode: 'WDJB-MJHT' } as const;
    const popup = await showPopup({ ...stateOf(null), accounts: [], shownId: null, pairing });
    expect(within(popup).getByRole('status')).toHaveTextContent('WDJB-MJHT');
  });

  it('offers to add the page of a connected product for that account, asking the browser in the click', async () => {
    page = discovered;
    const popup = await showPopup(stateOf({}));
    (await within(popup).findByRole('button', { name: 'Add app.acme.example' })).click();
    expect(chrome.permissions.request).toHaveBeenCalledWith({ origins: ['https://app.acme.example/*'] });
    await vi.waitFor(
      () =>
        expect(called('addSite')).toMatchObject([
          { params: { origin: 'https://app.acme.example', connectionId: connection.id } },
        ]),
      patience,
    );
  });

  it('F26: switches between accounts where there are several', async () => {
    const state = stateOf({});
    const other = { ...connection, id: 'beta https://beta.example', accountName: 'Beta' };
    const popup = await showPopup({
      ...state,
      accounts: [...state.accounts, { connection: other, snapshot: emptySnapshot }],
    });
    const switcher = within(popup).getByRole('combobox', { name: 'Account' });
    expect(within(switcher).getAllByRole('option')).toHaveLength(2);
    fireEvent.change(switcher, { target: { value: other.id } });
    await vi.waitFor(
      () => expect(called('choose')).toMatchObject([{ params: { connectionId: other.id } }]),
      patience,
    );
  });
});
