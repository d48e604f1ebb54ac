import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptySnapshot } from '../../../extension/src/core/account/snapshot.ts';
import type { ExtensionState } from '../../../extension/src/core/rpc/rpc.ts';
import { defaultSettings } from '../../../extension/src/core/settings.ts';
import { takeFirstState } from '../../../extension/src/pages/first-state.ts';
import { sampleSummary } from '../../../extension/test-support/sample-summary.ts';
import { patience } from '../../support/patience.ts';

const connection = {
  id: 'acme https://usage.acme.example',
  serverUrl: 'https://usage.acme.example',
  accountId: 'acme',
  accountName: 'Acme',
  connectedAtMs: 1,
};
const stateOf = (summary: ReturnType<typeof sampleSummary> | null): ExtensionState => ({
  accounts: [{ connection, snapshot: { ...emptySnapshot, summary } }],
  shownId: connection.id,
  sites: [],
  settings: defaultSettings,
  pairing: null,
});

let language: string;

beforeEach(() => {
  language = 'en';
  vi.resetModules();
  document.body.innerHTML = '<div id="__plasmo"></div>';
});

afterEach(() => {
  takeFirstState();
  for (const script of document.querySelectorAll('script')) script.remove();
});

/** Runs the popup's first script, until it has the second one read. */
async function paintFirst(get: () => Promise<Record<string, unknown>>): Promise<HTMLElement> {
  const area = { get, onChanged: { addListener: () => undefined, removeListener: () => undefined } };
  vi.stubGlobal('chrome', {
    storage: { local: area, session: area },
    i18n: { getUILanguage: () => language },
  });
  await import('../../../extension/src/popup/first-paint.ts');
  await vi.waitFor(() => expect(document.head.querySelector('script')).not.toBeNull(), patience);
  return document.getElementById('__plasmo') as HTMLElement;
}

describe('the popup’s first paint', () => {
  it('shows whose figures they are and what is left, and leaves its state to the popup', async () => {
    const state = stateOf(sampleSummary());
    const root = await paintFirst(async () => ({ state }));
    expect(root.querySelector('.popup-account')?.textContent).toBe('Acme');
    expect(root.querySelector('.popup-plan')?.textContent).toBe('Pro');
    expect(root.querySelector('.balance')?.textContent).toBe('Available1,234 credits');
    expect(takeFirstState()).toEqual(state);
  });

  it('speaks the browser’s language, in its direction', async () => {
    language = 'ar';
    const root = await paintFirst(async () => ({ state: stateOf(sampleSummary()) }));
    expect(document.documentElement).toHaveAttribute('dir', 'rtl');
    expect(root.querySelector('.balance')?.textContent).not.toContain('Available');
  });

  it('shows no balance to one who may not see it, nor before the first figures', async () => {
    const root = await paintFirst(async () => ({ state: stateOf(sampleSummary({ credits: null })) }));
    expect(root.querySelector('.balance')).toBeNull();
    expect(root.querySelector('.popup-account')?.textContent).toBe('Acme');
  });

  it('invites to connect where nothing is connected', async () => {
    const root = await paintFirst(async () => ({ state: { ...stateOf(null), accounts: [], shownId: null } }));
    expect(root.querySelector('h1')?.textContent).toBe('Connect an account');
  });

  it('has the popup read though there is no state, or it cannot be had', async () => {
    vi.stubGlobal('reportError', vi.fn());
    const root = await paintFirst(() => Promise.reject(new Error('The area is gone.')));
    expect(root.childElementCount).toBe(0);
    expect(reportError).toHaveBeenCalled();
  });
});
