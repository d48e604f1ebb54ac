// @vitest-environment node
import type { Summary } from '@usagekit/server/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Background, createBackground } from '../../../extension/src/background/create-background.ts';
import { emptySnapshot } from '../../../extension/src/core/account/snapshot.ts';
import { badgeOf } from '../../../extension/src/core/badge/badge.ts';
import { decideBadgeState } from '../../../extension/src/core/badge/badge-state.ts';
import type { ContentMessage, Sender } from '../../../extension/src/core/rpc/rpc.ts';
import { defaultSettings } from '../../../extension/src/core/settings.ts';
import { toChipView } from '../../../extension/src/core/sites/chip-view.ts';
import { createFakeBrowser, type FakeBrowser } from '../../../extension/test-support/fake-ports.ts';
import { sampleBlocked, sampleSummary } from '../../../extension/test-support/sample-summary.ts';

const serverUrl = 'https://acme.example/usage';
const origin = 'https://app.acme.example';
const connectionId = `acme ${serverUrl}`;
const popup: Sender = { kind: 'extension-page' };
const site: Sender = { kind: 'content-script', origin, tabId: 7 };

let browser: FakeBrowser;
let background: Background;
let summary: Summary;
/** Whether the line's script runs in the tab. */
let isInjected: boolean;

beforeEach(async () => {
  browser = createFakeBrowser();
  summary = sampleSummary();
  isInjected = false;
  browser.serve(({ url }) =>
    url.endsWith('/whoami')
      ? Response.json({
          caller: 'extension',
          accountId: 'acme',
          memberId: null,
          role: 'viewer',
          permissions: [],
        })
      : Response.json(summary),
  );
  browser.answerInTab((message) => {
    if (message.usagekit !== 'chip') return { isVisible: false, productShowsOwn: false };
    isInjected ||= browser.ranInTabs.some(({ file }) => file === '/chip.js');
    return isInjected ? true : undefined;
  });
  background = createBackground(browser.ports, {
    siteScriptFile: '/site-script.js',
    cardFile: '/card.js',
    chipFile: '/chip.js',
    onInternalError: (error) => {
      throw error;
    },
  });
  await call('connect', { serverUrl, token: 'ext_verysecret' });
  browser.granted.add(`${origin}/*`);
  await call('addSite', { origin, connectionId });
});

const call = (method: string, params: unknown = null, sender: Sender = popup) =>
  background.answer({ v: 1, id: 'a', method, params }, sender);
type ChipMessage = Extract<ContentMessage, { usagekit: 'chip' }>;
const lines = () =>
  browser.told
    .map(({ message }) => message)
    .filter((message): message is ChipMessage => message.usagekit === 'chip')
    .map(({ view }) => view?.words ?? null);
const isShownHere = async () => {
  const answer = await call('state');
  return answer.ok && (answer.value as { sites: { hasChip: boolean }[] }).sites[0]?.hasChip;
};

describe('the line on a page', () => {
  it('is not there until it is turned on for the site, and its script is not either', async () => {
    browser.watch(site);
    await browser.settle();
    expect(lines()).toEqual([null]);
    expect(browser.ranInTabs).toEqual([]);
    await call('setChip', { origin, isShown: true });
    await browser.settle();
    expect(browser.ranInTabs).toEqual([{ tabId: 7, file: '/chip.js' }]);
    expect(lines().at(-1)).toBe('1,234 of 5,000 credits left');
  });

  it('is told what has changed, and nothing while nothing has', async () => {
    await call('setChip', { origin, isShown: true });
    browser.watch(site);
    await browser.settle();
    const before = lines().length;
    await call('summary', { cause: 'asked' });
    expect(lines()).toHaveLength(before);
    summary = sampleSummary({ version: summary.version + 1, blocked: sampleBlocked() });
    await browser.advance(60_000);
    await call('summary', { cause: 'asked' });
    await browser.settle();
    expect(lines().slice(before)).toEqual(['No credits left']);
  });

  it('is put away for good by the page’s own line, and by no other page', async () => {
    await call('setChip', { origin, isShown: true });
    browser.watch(site);
    const other: Sender = { kind: 'content-script', origin: 'https://evil.example', tabId: 8 };
    expect(await call('putChipAway', null, other)).toMatchObject({ error: { code: 'forbidden' } });
    expect(await isShownHere()).toBe(true);
    expect(await call('putChipAway', null, site)).toMatchObject({ ok: true });
    expect(await isShownHere()).toBe(false);
    await browser.settle();
    expect(lines().at(-1)).toBeNull();
  });

  it('leaves with its site, with its account, and comes back where a tab is in view again', async () => {
    await call('setChip', { origin, isShown: true });
    const hide = browser.watch(site);
    await browser.settle();
    const shown = lines().length;
    hide();
    await browser.settle();
    browser.watch(site);
    await browser.settle();
    expect(lines().slice(shown)).toEqual(['1,234 of 5,000 credits left']);
    await call('disconnect', { connectionId });
    await browser.settle();
    expect(lines().at(-1)).toBeNull();
  });

  it('refuses parameters that are not valid', async () => {
    for (const params of [null, {}, { origin }, { origin, isShown: 'yes' }])
      expect(await call('setChip', params)).toMatchObject({ error: { code: 'invalid_params' } });
  });
});

describe('what the line says', () => {
  const format = { locale: 'en', timeZone: 'UTC' };
  const atMs = Date.parse(sampleSummary().asOf);
  const known = { ...emptySnapshot, asOfMs: atMs, summaryAsOfMs: atMs };

  it.each([
    ['healthy', known, {}],
    ['low', known, { level: 'warning' as const }],
    ['stopped', { ...known, isBlocked: true }, { blocked: sampleBlocked() }],
    ['past due', known, { pastDue: true }],
    ['old', { ...known, asOfMs: atMs - 24 * 60 * 60_000 }, {}],
  ])(
    'is what the badge’s title begins with after the account’s name, where it is %s',
    (_how, snapshot, change) => {
      const shown = { ...snapshot, summary: sampleSummary(change) };
      const { icon } = defaultSettings;
      const badgeState = decideBadgeState(true, shown, atMs);
      const { words, color } = toChipView(badgeState, format, icon);
      const badge = badgeOf(badgeState, format, icon);
      expect(badge.title.startsWith(`Acme: ${words}.`)).toBe(true);
      expect(color).toBe(badge.color);
      expect(words).not.toContain('Acme');
    },
  );

  it('stands as well where the icon shows nothing while all is well: its absence would tell a page something', () => {
    const icon = { ...defaultSettings.icon, onlyTrouble: true };
    const badgeState = decideBadgeState(true, { ...known, summary: sampleSummary() }, atMs);
    expect(badgeOf(badgeState, format, icon).text).toBe('');
    expect(toChipView(badgeState, format, icon).words).toMatch(/credits left$/);
  });
});
