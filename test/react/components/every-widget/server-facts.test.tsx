import { act, fireEvent, waitFor } from '@testing-library/react';
import { BillingPage, ModelPicker, PlanLimits, TasksPage, UsagePage, WhyBlocked } from '@usagekit/react';
import { ja } from '@usagekit/react/messages/ja';
import {
  cleanupUsageKit,
  createUsageKitMock,
  renderWithUsageKit,
  type UsageKitMock,
} from '@usagekit/react/testing';
import { type CatalogTemplate, catalogTemplates } from '@usagekit/server/catalogs';
import type { CatalogConfig, GrantSource, Item, Role } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { longPatience } from '../../../support/patience.ts';

/** The fields of a catalog in which a host writes words. */
const worded = new Set([
  'label',
  'name',
  'description',
  'one',
  'other',
  'text',
  'note',
  'highlights',
  'warnings',
]);
/** Fields that hold words by id. */
const wordedById = new Set(['choices', 'facts', 'notes']);

/** The catalog as a host in Japan writes it, so that no word in Latin letters comes from it. */
function inJapanese(catalog: CatalogConfig): CatalogConfig {
  let count = 0;
  const japanese = (value: unknown, isWord: boolean): unknown => {
    if (typeof value === 'string') {
      if (!isWord) return value;
      count += 1;
      return `名${count}`;
    }
    if (Array.isArray(value)) return value.map((each) => japanese(each, isWord));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        wordedById.has(name) ? words(each) : japanese(each, worded.has(name)),
      ]),
    );
  };
  const words = (value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([id, each]) => [id, japanese(each, true)]))
      : japanese(value, true);
  return japanese(catalog, false) as CatalogConfig;
}

/** What has one form in every language: ids of members and providers, and the brand of a card. */
const ids = new Set(['owner', 'admin', 'manager', 'member', 'acme', 'zenith', 'openai', 'anthropic', 'visa']);

/** A word has two small letters in a row; `CSV`, `UTC` and `IP` are words of the Japanese texts. */
const latin = /[A-Za-z]*[a-z]{2,}[A-Za-z]*/g;

/** Texts with a word in Latin letters, of those that can be read or heard. */
function latinTexts(): string[] {
  const shown: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) shown.push(node.nodeValue ?? '');
  for (const element of document.body.querySelectorAll('*'))
    for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt'])
      shown.push(element.getAttribute(name) ?? '');
  return shown.filter((text) => (text.match(latin) ?? []).some((word) => !ids.has(word.toLowerCase())));
}

const memberRoles: Role[] = ['super_admin', 'owner', 'admin', 'manager', 'member', 'viewer'];
const sources: GrantSource[] = [
  'plan',
  'baseline',
  'sign_up',
  'promotional',
  'purchase',
  'top_up',
  'adjustment',
  'refund',
];

/** An account that has lived through whatever the server has words of its own for. */
async function live(template: CatalogTemplate): Promise<UsageKitMock> {
  const catalog = inJapanese(catalogTemplates[template]);
  const mock = createUsageKitMock({
    catalog: { ...catalog, signUpCredit: { amount: '100' }, baselineCredits: '50' },
    scenario: 'fresh',
    account: { name: '会社' },
    afterEach: onTestFinished,
  });
  await mock.ready;
  const { backend } = mock;
  const accountId = 'acme';
  for (const role of memberRoles) await backend.putMember(accountId, role, { name: '人', role });
  await mock.addPaymentMethod('succeeds');
  const paid = catalog.plans.find(({ kind, price }) => kind === 'paid' && price !== undefined);
  await backend.putAccount(accountId, { planId: paid?.id as string });
  for (const source of sources) await backend.grant(accountId, { amount: '10', source });
  await backend.adjust(accountId, { amount: '30', reason: '訂正' });
  await backend.adjust(accountId, { amount: '-5', reason: '訂正' });
  const [model] = catalog.models ?? [];
  const [tool] = catalog.tools ?? [];
  const items: Item[] = [
    ...(model ? [{ model: model.id, inputTokens: 1_000, outputTokens: 1_000 }] : []),
    ...(tool ? [{ tool: tool.id, calls: 2 }] : []),
  ];
  const { id } = await backend.consume({ accountId, memberId: 'owner', items });
  await backend.send('POST', `/v1/accounts/${accountId}/voids`, { use: { usageId: id }, reason: '訂正' });
  await backend.consume({ accountId, memberId: 'owner', agentId: '係', items });
  const estimate = items;
  for (const status of ['completed', 'failed', 'cancelled', 'in_progress'] as const)
    await mock.account().runTask('仕事', {
      memberId: 'owner',
      agentId: '係',
      status,
      estimate,
      takes: '3m',
      ...(status !== 'in_progress' && { items }),
    });
  await mock.clock.advance('32d');
  await backend.consume({ accountId, memberId: 'owner', agentId: '係', items });
  return mock;
}

/** All that is loading has come. */
const settled = () =>
  waitFor(() => {
    expect(document.querySelector('[data-widget]')).not.toBeNull();
    expect(document.querySelector('[data-state="loading"], .uk-skeleton')).toBeNull();
  }, longPatience);

const pages: [name: string, page: ReactNode][] = [
  ['usage', <UsagePage key="usage" />],
  ['tasks', <TasksPage key="tasks" />],
  ...(['overview', 'credits', 'invoices', 'payment', 'plans'] as const).map(
    (section): [string, ReactNode] => [section, <BillingPage key={section} section={section} />],
  ),
  [
    'the others',
    <div key="others">
      <WhyBlocked />
      <PlanLimits />
      <ModelPicker value={null} onChange={() => {}} />
    </div>,
  ],
];

/** What opens something and changes nothing: choices, links within the page, and buttons of quiet kinds. */
const openers = '[aria-expanded], .uk-segment, .uk-link, .uk-button[data-kind="quiet"], .uk-task-open';

afterEach(cleanupUsageKit);

describe('what the server answers, shown by the kit in Japanese', { timeout: 300_000 }, () => {
  it.each(Object.keys(catalogTemplates) as CatalogTemplate[])(
    'F10: has no English word of the server, with the catalog %s in Japanese',
    async (template) => {
      const mock = await live(template);
      const found = new Set<string>();
      for (const [name, page] of pages) {
        const { container, unmount } = renderWithUsageKit(page, {
          mock,
          role: 'owner',
          provider: { locale: 'ja-JP', messages: ja },
        });
        await settled();
        const note = () => {
          for (const text of latinTexts()) found.add(`${name}: ${text}`);
        };
        note();
        const opened = new Set<string>();
        const open = async (within: ParentNode) => {
          for (const each of within.querySelectorAll<HTMLElement>(openers)) {
            const label = each.getAttribute('aria-label') ?? each.textContent ?? '';
            const key = label.replace(/[\d.,]+/g, '');
            if (!each.isConnected || opened.has(key) || each.matches(':disabled')) continue;
            opened.add(key);
            await act(async () => fireEvent.click(each));
            await settled();
            note();
            const dialog = document.querySelector('dialog[open]');
            if (dialog && !dialog.contains(each)) {
              await open(dialog);
              await act(async () => fireEvent(dialog, new Event('cancel', { cancelable: true })));
            }
          }
        };
        await open(container);
        expect(container.textContent, name).toMatch(/[ぁ-ん]/);
        unmount();
      }
      expect([...found]).toEqual([]);
    },
  );
});
