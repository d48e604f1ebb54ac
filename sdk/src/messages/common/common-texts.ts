import type { actionMessages } from './action.ts';
import type { commonMessages } from './common.ts';
import type { commonControlsMessages } from './common-controls.ts';
import type { commonRefusalMessages } from './common-refusal.ts';
import type { pageNavMessages } from './page-nav.ts';
import type { troubleMessages } from './trouble.ts';

/** The texts of the room, by component. */
export interface CommonTexts {
  /** Texts that many widgets share, those of controls included. */
  common: typeof commonMessages & typeof commonRefusalMessages & typeof commonControlsMessages;
  trouble: typeof troubleMessages;
  action: typeof actionMessages;
  pageNav: typeof pageNavMessages;
}
