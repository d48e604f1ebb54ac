import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

interface Heard {
  name: string;
  body: { method: string };
}

let told: Heard[];
let ask: (message: unknown, sender: { id: string }, answer: (value: unknown) => void) => void;
let nowMs: number;
let stop: () => void;

/** The site script in a document, with the little of the browser that it speaks to. */
beforeEach(async () => {
  told = [];
  nowMs = 1_000_000;
  vi.spyOn(Date, 'now').mockImplementation(() => nowMs);
  vi.stubGlobal('chrome', {
    runtime: {
      id: `ours-${crypto.randomUUID()}`,
      connect: () => ({ onDisconnect: { addListener: () => undefined }, disconnect: () => undefined }),
      onMessage: {
        addListener: (listener: typeof ask) => {
          ask = listener;
        },
      },
      async sendMessage(message: Heard) {
        told.push(message);
      },
    },
  });
  vi.resetModules();
  const listen = vi.spyOn(window, 'addEventListener');
  await import('../../../extension/src/site-script/index.ts');
  stop = () => {
    for (const [type, listener] of listen.mock.calls) window.removeEventListener(type, listener);
  };
});

afterEach(() => {
  stop();
  document.body.replaceChildren();
});

const hint = { source: 'usagekit' };
const post = (data: unknown, source: Window | null = window): void => {
  nowMs += 5000;
  window.dispatchEvent(new MessageEvent('message', { data, source }));
};
const hints = () => told.filter(({ body }) => body.method === 'hint').length;

describe('the script on an added site', () => {
  it('F17: passes on the hints of its own window, and none of a frame or of another window', () => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    for (const source of [frame.contentWindow, null]) post(hint, source);
    expect(told).toEqual([]);
    post(hint);
    expect(hints()).toBe(1);
  });

  it('F17: passes on that there was a hint, and nothing of what was in it', () => {
    post({ ...hint, method: 'openBilling', figures: [1, 2, 3] });
    expect(told).toMatchObject([{ name: 'rpc', body: { method: 'hint', params: null } }]);
    expect(JSON.stringify(told)).not.toContain('figures');
  });

  it('is heard once in a second, however often a page posts', () => {
    for (let count = 0; count < 100; count += 1)
      window.dispatchEvent(new MessageEvent('message', { data: hint, source: window }));
    expect(hints()).toBe(1);
  });

  it('costs nothing while its tab is hidden', () => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    post(hint);
    expect(told).toEqual([]);
  });

  it('F17: answers its own extension and no other', () => {
    const answer = vi.fn();
    ask({ usagekit: 'can_prompt' }, { id: 'another' }, answer);
    expect(answer).not.toHaveBeenCalled();
    ask({ usagekit: 'can_prompt' }, { id: chrome.runtime.id }, answer);
    expect(answer).toHaveBeenCalledWith(expect.objectContaining({ productShowsOwn: false }));
  });
});
