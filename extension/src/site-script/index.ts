import { callBackground } from '../chrome/call-background.ts';
import { holdWatch, isExtensionAlive } from '../chrome/hold-watch.ts';
import { isPageHint } from '../core/page-hint.ts';
import type { CanPromptAnswer, ContentMessage } from '../core/rpc.ts';
import { isEditable } from './is-editable.ts';
import { findOwnPrompt } from './own-prompt.ts';
import { createPromptCard } from './prompt-card.ts';

/** Hints are passed on this often at most; the background has a limit of its own. */
const hintIntervalMs = 1000;
/** Set in this script's own world, which the page does not share, so that it runs once in a document. */
const startedKey = '__usagekitStarted';

const world = globalThis as { [startedKey]?: string };
if (world[startedKey] !== chrome.runtime.id) {
  world[startedKey] = chrome.runtime.id;
  start();
}

function start(): void {
  const stopWatching = holdWatch();
  const card = createPromptCard({
    onAction: () => tell('openBilling'),
    onNotNow: () => tell('snooze'),
    typedIn: () =>
      isEditable(document.activeElement) ? document.activeElement.getBoundingClientRect() : null,
  });
  let lastHintAtMs = 0;

  const onBackgroundMessage = (
    message: ContentMessage,
    sender: chrome.runtime.MessageSender,
    answer: (value: CanPromptAnswer | boolean) => void,
  ): void => {
    if (sender.id !== chrome.runtime.id) return;
    if (message.usagekit === 'can_prompt') answer(canPrompt());
    else if (message.usagekit === 'prompt') {
      card.show(message.view);
      answer(true);
    } else if (message.usagekit === 'withdraw') {
      card.remove();
      answer(true);
    }
  };

  const onPageMessage = ({ source, data }: MessageEvent<unknown>): void => {
    // A tab that nobody sees has no figures to keep fresh; it asks when it comes into view.
    if (source !== window || !isPageHint(data) || document.visibilityState !== 'visible') return;
    const nowMs = Date.now();
    if (!isExtensionAlive()) stop();
    else if (nowMs - lastHintAtMs >= hintIntervalMs) {
      lastHintAtMs = nowMs;
      tell('hint');
    }
  };

  /** The extension was updated or removed under this script: it can do nothing more, so it leaves no trace. */
  const stop = (): void => {
    stopWatching();
    card.remove();
    window.removeEventListener('message', onPageMessage);
  };

  chrome.runtime.onMessage.addListener(onBackgroundMessage);
  window.addEventListener('message', onPageMessage);
}

function canPrompt(): CanPromptAnswer {
  return {
    isVisible: document.visibilityState === 'visible' && document.fullscreenElement === null,
    productShowsOwn: findOwnPrompt(document) !== null,
  };
}

/** Says something for which no answer is needed; where it fails, the page must not notice. */
function tell(method: 'openBilling' | 'snooze' | 'hint'): void {
  callBackground(method, null).catch(() => undefined);
}
