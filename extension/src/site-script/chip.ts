import type { ContentMessage } from '../core/rpc/rpc.ts';
import { createQuotaChip } from './quota-chip.ts';
import { startOnce, whenExtensionGone } from './start-once.ts';
import { tellBackground } from './tell-background.ts';

startOnce('__usagekitChip', () => {
  const chip = createQuotaChip(() => tellBackground('putChipAway'));

  const onBackgroundMessage = (
    message: ContentMessage,
    sender: chrome.runtime.MessageSender,
    answer: (value: boolean) => void,
  ): void => {
    if (sender.id !== chrome.runtime.id || message.usagekit !== 'chip') return;
    if (message.view === null) chip.remove();
    else chip.show(message.view);
    answer(true);
  };

  chrome.runtime.onMessage.addListener(onBackgroundMessage);
  whenExtensionGone(() => chip.remove());
});
