import { holdWatch, isExtensionAlive } from '../chrome/hold-watch.ts';
import { isPageHint } from '../core/prompt/page-hint.ts';
import type { CanPromptAnswer, ContentMessage } from '../core/rpc/rpc.ts';
import { findOwnPrompt } from './own-prompt.ts';
import { startOnce } from './start-once.ts';
import { tellBackground } from './tell-background.ts';

/** Hints are passed on this often at most; the background has a limit of its own. */
const hintIntervalMs = 1000;
startOnce('__usagekitStarted', start);

/** Tells that somebody looks, and passes hints on. What draws the card is another script, which comes with the card. */
function start(): void {
  const stopWatching = holdWatch();
  let lastHintAtMs = 0;

  const onBackgroundMessage = (
    message: ContentMessage,
    sender: chrome.runtime.MessageSender,
    answer: (value: CanPromptAnswer) => void,
  ): void => {
    if (sender.id === chrome.runtime.id && message.usagekit === 'can_prompt') answer(canPrompt());
  };

  const onPageMessage = ({ source, data }: MessageEvent<unknown>): void => {
    // A tab that nobody sees has no figures to keep fresh; it asks when it comes into view.
    if (source !== window || !isPageHint(data) || document.visibilityState !== 'visible') return;
    const nowMs = Date.now();
    if (!isExtensionAlive()) stop();
    else if (nowMs - lastHintAtMs >= hintIntervalMs) {
      lastHintAtMs = nowMs;
      tellBackground('hint');
    }
  };

  /** The extension was updated or removed under this script: it can do nothing more. */
  const stop = (): void => {
    stopWatching();
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
