// @vitest-environment node
import { fakeBrowser } from '@webext-core/fake-browser';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createChromeAction } from '../../extension/src/chrome/ports/action-port.ts';
import { createChromeAlarms } from '../../extension/src/chrome/ports/alarms-port.ts';
import { toSender } from '../../extension/src/chrome/ports/messaging-port.ts';
import { createChromeStorage } from '../../extension/src/chrome/ports/storage-port.ts';
import { createChromeWebRequest } from '../../extension/src/chrome/ports/web-request-port.ts';

const id = 'abcdefghijklmnopabcdefghijklmnop';
const site = 'https://app.acme.example';
const tab = { id: 7 } as chrome.tabs.Tab;

beforeEach(() => {
  fakeBrowser.reset();
  vi.stubGlobal('chrome', {
    ...fakeBrowser,
    runtime: { id, getURL: (path: string) => `chrome-extension://${id}/${path}` },
  });
});

describe('toSender', () => {
  it('tells an extension page from a site by what the browser says', () => {
    expect(
      toSender({ id, origin: `chrome-extension://${id}`, url: `chrome-extension://${id}/popup.html` }),
    ).toEqual({
      kind: 'extension-page',
    });
    expect(toSender({ id, origin: site, tab, frameId: 0, documentLifecycle: 'active' })).toEqual({
      kind: 'content-script',
      origin: site,
      tabId: 7,
    });
  });

  it.each<[string, chrome.runtime.MessageSender | undefined]>([
    ['nobody', undefined],
    ['another extension', { id: 'ponmlkjihgfedcbaponmlkjihgfedcba', origin: `chrome-extension://${id}` }],
    ['an unnamed origin', { id, tab, frameId: 0 }],
    ['a frame within a page', { id, origin: site, tab, frameId: 3 }],
    ['a page that is not shown yet', { id, origin: site, tab, frameId: 0, documentLifecycle: 'prerender' }],
    ['a page without a tab', { id, origin: site, frameId: 0 }],
  ])('F17: knows no sender in %s', (_what, sender) => {
    expect(toSender(sender)).toBeNull();
  });
});

describe('the storage port', () => {
  it('tells of the key that was asked for, and of no other, until it is told to stop', async () => {
    const { session } = createChromeStorage();
    const heard: unknown[] = [];
    const stop = session.onChanged('a', (value) => heard.push(value));
    await session.set('a', 1);
    await session.set('b', 2);
    stop();
    await session.set('a', 3);
    expect([heard, await session.get('a'), await session.get('none')]).toEqual([[1], 3, undefined]);
  });
});

describe('the alarms port', () => {
  it('sets, replaces and clears by name', async () => {
    const alarms = createChromeAlarms();
    expect(await alarms.isSet('poll')).toBe(false);
    await alarms.set('poll', Date.now() + 60_000);
    await alarms.set('poll', Date.now() + 90_000);
    expect(await alarms.isSet('poll')).toBe(true);
    await alarms.clear('poll');
    expect(await alarms.isSet('poll')).toBe(false);
  });
});

describe('the action port', () => {
  it('paints text, both colours and the title', async () => {
    const painted = {
      setBadgeText: vi.fn(),
      setBadgeBackgroundColor: vi.fn(),
      setBadgeTextColor: vi.fn(),
      setTitle: vi.fn(),
    };
    vi.stubGlobal('chrome', { action: painted });
    await createChromeAction().paint({ text: '12', color: '#000000', textColor: '#ffffff', title: 'T.' });
    expect(painted.setBadgeText).toHaveBeenCalledWith({ text: '12' });
    expect(painted.setBadgeBackgroundColor).toHaveBeenCalledWith({ color: '#000000' });
    expect(painted.setBadgeTextColor).toHaveBeenCalledWith({ color: '#ffffff' });
    expect(painted.setTitle).toHaveBeenCalledWith({ title: 'T.' });
  });
});

describe('the web request port', () => {
  type Answered = (details: Partial<chrome.webRequest.OnCompletedDetails>) => void;

  /** A browser whose listeners hear of the sites that were permitted when they were added, as Chromium's do. */
  function stubWebRequest() {
    const permitted = new Set<string>();
    const listeners = new Map<Answered, ReadonlySet<string>>();
    const onAdded: (() => void)[] = [];
    vi.stubGlobal('chrome', {
      webRequest: {
        onCompleted: {
          addListener: (listener: Answered) => listeners.set(listener, new Set(permitted)),
          removeListener: (listener: Answered) => listeners.delete(listener),
        },
      },
      permissions: { onAdded: { addListener: (listener: () => void) => onAdded.push(listener) } },
    });
    return {
      permit(origin: string) {
        permitted.add(origin);
        for (const listener of onAdded) listener();
      },
      answer(statusCode: number) {
        for (const [listener, sites] of listeners) {
          if (sites.has(site)) listener({ statusCode, initiator: site, url: `${site}/run` });
        }
      },
    };
  }

  it('F17: hears of a site from the moment that it is permitted, without a restart, and once an answer', () => {
    const stub = stubWebRequest();
    const heard: number[] = [];
    createChromeWebRequest().onCompleted(({ status }) => heard.push(status));
    stub.answer(402);
    expect(heard).toEqual([]);
    stub.permit(site);
    stub.permit('https://other.example');
    stub.answer(402);
    stub.answer(429);
    stub.answer(200);
    expect(heard).toEqual([402, 429]);
  });
});
