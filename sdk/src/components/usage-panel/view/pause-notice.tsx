'use client';
import type { Pause } from '@usagekit/server/contract';
import { pauseMessages } from '../../../messages/subscription/pause.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { Icon } from '../../parts/icons/icon.tsx';
import { pauseIcon } from '../../parts/icons/pause-icon.ts';
import { Notice } from '../../parts/widget/notice.tsx';
import { pauseWords } from '../../parts/words/pause-words.ts';

/** The pause and its cause, and who can help if the reader cannot. */
export function PauseNotice({ paused, canManage }: { paused: Pause; canManage: boolean }) {
  const messages = useMessages('pause', pauseMessages);
  return (
    <Notice tone="bad" role="alert">
      <Icon drawing={pauseIcon} />
      <div className="uk-notice-body">
        <p className="uk-text">
          {pauseWords(paused, messages)} {!canManage && messages.othersCan}
        </p>
      </div>
    </Notice>
  );
}
