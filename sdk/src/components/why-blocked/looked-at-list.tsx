import type { AreaLookedAt } from '@usagekit/server/contract';
import type { Format } from '../../format/create-format.ts';
import type { Messages } from '../../messages/messages.ts';
import { Icon } from '../parts/icons/icon.tsx';
import { checkIcon, dashIcon } from '../parts/icons/state-icons.ts';
import { severityIcons } from './finding-list.tsx';

export interface LookedAtListProps {
  areas: AreaLookedAt[];
  format: Format;
  messages: Messages['whyBlocked'];
}

const countTexts = { tasks: 'tasksLookedAt', usage: 'daysLookedAt', billing: 'limitsLookedAt' } as const;

/** Tasks, usage and billing, each with how much of it was looked at and how it stands. Renders a `ul`. Reads nothing. */
export function LookedAtList({ areas, format, messages }: LookedAtListProps) {
  return (
    <ul className="uk-list uk-looked-at">
      {areas.map(({ area, permitted, count, severity }) => (
        <li key={area} className="uk-looked-at-line" data-severity={severity ?? undefined}>
          <Icon drawing={severity ? severityIcons[severity] : permitted ? checkIcon : dashIcon} />
          <span className="uk-run">
            {messages.areas[area]}
            {permitted && (
              <span className="uk-caption uk-looked-at-count">
                {messages[countTexts[area]](count, format.number(count))}
              </span>
            )}
          </span>
          <span className="uk-looked-at-word">
            {severity
              ? messages.severity[severity]
              : permitted
                ? messages.nothingFound
                : messages.notPermitted}
          </span>
        </li>
      ))}
    </ul>
  );
}
