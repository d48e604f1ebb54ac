import type { Pause } from '@usagekit/server/contract';
import type { Messages } from '../../messages/messages.ts';

/** One sentence on what is paused and why. */
export function pauseWords({ what, cause }: Pause, messages: Messages['pause']): string {
  return messages.sentence(messages.what[what], cause ? messages.because[cause] : '');
}
