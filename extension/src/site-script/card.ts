import { isExtensionAlive } from '../chrome/hold-watch.ts';
import type { ContentMessage } from '../core/rpc/rpc.ts';
import { createPromptCard } from './prompt-card.ts';
import { startOnce, whenExtensionGone } from './start-once.ts';
import { tellBackground } from './tell-background.ts';

startOnce('__usagekitCard', () => {
  const card = createPromptCard({
    onAction: () => tellBackground('openBilling'),
    onNotNow: () => tellBackground('snooze'),
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
  whenExtensionGone(() => card.remove());
});
