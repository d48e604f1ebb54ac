import cardUrl from 'url:../site-script/card.ts';
import chipUrl from 'url:../site-script/chip.ts';
import siteScriptUrl from 'url:../site-script/index.ts';
import { createChromePorts } from '../chrome/ports.ts';
import { createBackground } from './create-background.ts';

const fileOf = (url: string): string => new URL(url, self.location.href).pathname;

/** The one background of this worker, shared by its entry and its message. */
export const background = createBackground(createChromePorts(), {
  siteScriptFile: fileOf(siteScriptUrl),
  cardFile: fileOf(cardUrl),
  chipFile: fileOf(chipUrl),
  // The worker's own console, in the browser's extension page, is the only log there is; no message holds a token.
  onInternalError: (error) => reportError(error),
});
