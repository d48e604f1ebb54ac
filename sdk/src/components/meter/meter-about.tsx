'use client';
import { meterAboutMessages } from '../../messages/usage/meter-about.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { useMenu } from '../parts/controls/use-menu.ts';
import { Icon } from '../parts/icons/icon.tsx';
import { aboutIcon } from '../parts/icons/tool-icons.ts';

export interface MeterAboutProps {
  /** A meter that the catalog describes. */
  of: { label: string; description?: string | undefined };
}

/**
 * A small button behind a meter's name that shows what counts in it, until Escape, a step outside or a second click. Renders a
 * `span` with a button. Reads messages.
 */
export function MeterAbout({ of: { label, description } }: MeterAboutProps) {
  const messages = useMessages('meter', meterAboutMessages);
  const { isOpen, frame, button, group } = useMenu<HTMLSpanElement>();
  return (
    <span {...frame} className="uk-meter-tool">
      <Button
        kind="quiet"
        className="uk-button-icon uk-button-small"
        aria-label={messages.about(label)}
        {...button}
      >
        <Icon drawing={aboutIcon} />
      </Button>
      {isOpen && (
        <span {...group} className="uk-menu-list uk-meter-about" role="note" dir="auto">
          {description}
        </span>
      )}
    </span>
  );
}
