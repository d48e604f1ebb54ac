import { isExtensionAlive } from '../chrome/hold-watch.ts';
import type { ContentMessage } from '../core/rpc.ts';
import { createPromptCard } from './prompt-card.ts';
import { tellBackground } from './tell-background.ts';
import { boxOfTypedIn } from './typed-in.ts';

/** Set in this script's own world, so that it runs once in a document. */
const startedKey = '__usagekitCard';
/** How often it is looked whether the extension is still there. */
const aliveIntervalMs = 2000;

const world = globalThis as { [startedKey]?: string };
if (world[startedKey] !== chrome.runtime.id) {
  world[startedKey] = chrome.runtime.id;
  start();
}

function start(): void {
  const card = createPromptCard({
    onAction: () => tellBackground('openBilling'),
    onNotNow: () => tellBackground('snooze'),
    typedIn: boxOfTypedIn,
  });

  /** Where the card had no place it has interrupted nobody; once the focus has gone elsewhere there may be one. */
  let isWaiting = false;
  const askAgainLater = (): void => {
    if (isWaiting) return;
    isWaiting = true;
    const ask = (): void => {
      isWaiting = false;
      if (isExtensionAlive()) tellBackground('hint');
    };
    window.addEventListener('focusout', ask, { capture: true, once: true });
  };

  const onBackgroundMessage = (
    message: ContentMessage,
    sender: chrome.runtime.MessageSender,
    answer: (value: boolean) => void,
  ): void => {
    if (sender.id !== chrome.runtime.id) return;
    if (message.usagekit === 'prompt') {
      const isShown = card.show(message.view);
      if (!isShown) askAgainLater();
      answer(isShown);
    }
    if (message.usagekit === 'withdraw') {
      card.remove();
      answer(true);
    }
  };

  chrome.runtime.onMessage.addListener(onBackgroundMessage);
  // The extension was updated or removed under this script: it leaves no trace.
  const timer = setInterval(() => {
    if (isExtensionAlive()) return;
    clearInterval(timer);
    card.remove();
  }, aliveIntervalMs);
}
