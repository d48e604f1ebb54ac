import type { whyBlockedMessages } from './why-blocked.ts';

/** The texts of the room, by component. */
export interface DiagnosisTexts {
  whyBlocked: typeof whyBlockedMessages;
}
