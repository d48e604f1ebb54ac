import type { Pause } from '@usagekit/server/contract';
import type { Messages } from '../../../messages/messages.ts';

/** One sentence on the paused thing and the cause. */
export function pauseWords({ what, cause }: Pause, messages: Messages['pause']): string {
  return messages.sentence(messages.what[what], cause ? messages.because[cause] : '');
}
