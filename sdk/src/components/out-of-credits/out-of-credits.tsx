'use client';
import type { Action, CreditUnit, Instant, Refusal, ShownUnit } from '@usagekit/server/contract';
import { useFormat } from '../../format/use-format.ts';
import { outOfCreditsMessages } from '../../messages/gate/out-of-credits.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { ActionButtons } from '../parts/controls/action-buttons.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { overIcon } from '../parts/icons/level-icons.ts';
import { pauseIcon } from '../parts/icons/pause-icon.ts';
import { asWidget, usePartClass } from '../parts/widget/as-widget.tsx';
import { Heading } from '../parts/widget/card.tsx';
import { Notice } from '../parts/widget/notice.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { type WidgetProps, WidgetRoot } from '../parts/widget/widget-root.tsx';
import { unbroken } from '../parts/words/unbroken.ts';
import { refusalTitle, refusalWords } from './refusal-words.ts';

export interface OutOfCreditsProps extends WidgetProps {
  /** Parts to leave out, such as `{ running: false }`. */
  parts?: PartsOf<'OutOfCredits'> | undefined;
  /** From `UsageKitError.refusal` or a check; without one, as for a public visitor, only a neutral sentence is shown. */
  refusal?: Refusal | undefined;
  /** Time of the answer, from which the reset is computed; without it the reset is left out. */
  asOf?: Instant | undefined;
  /** The account's zone, in which the reset is counted. */
  timeZone?: string | undefined;
  /** The unit of `available` and `requested`; credits by default. */
  unit?: CreditUnit | undefined;
  /** What the product calls its credits; credits by default. */
  creditLabel?: ShownUnit | undefined;
  /** Called in place of following the link, with what the person chose. */
  onAction?: ((action: Action) => void) | undefined;
}

/**
 * What stopped, the effect on running work, the one thing to do, and who can do it if the reader cannot. Renders a `section`
 * whose content has the role `alert`. Reads locale and messages; fetches nothing.
 */
export const OutOfCredits = asWidget(function OutOfCredits(props: OutOfCreditsProps) {
  const partClass = usePartClass();
  const { refusal, asOf, timeZone, creditLabel, onAction, parts, headingLevel = 3 } = props;
  const unit = props.unit ?? refusal?.unit ?? 'credits';
  const messages = useMessages('outOfCredits', outOfCreditsMessages);
  const format = useFormat(timeZone, creditLabel);
  const title = refusal ? refusalTitle(refusal, messages, format) : messages.neutralTitle;
  const zoned = timeZone ? format.inZone(timeZone) : format;
  const figures =
    refusal?.reason === 'insufficient_credits' &&
    refusal.available !== undefined &&
    refusal.requested !== undefined
      ? messages.figures(
          format.amount(refusal.available, unit).text,
          format.amount(refusal.requested, unit).text,
        )
      : null;
  return (
    <WidgetRoot name="out-of-credits" state={refusal?.reason ?? 'not_available'} label={title}>
      <Notice tone={refusal ? 'bad' : undefined} role="alert">
        <Icon drawing={refusal ? overIcon : pauseIcon} />
        <div className="uk-notice-body">
          <Heading level={headingLevel} className={partClass('subtitle')}>
            {title}
          </Heading>
          {refusal ? (
            <>
              <p className="uk-text">{unbroken(figures ?? refusalWords(refusal, messages, format))}</p>
              {parts?.running !== false && <p className="uk-text uk-muted">{messages.running}</p>}
              {parts?.resetsAt !== false && refusal.resetsAt && asOf && (
                <p className="uk-text uk-muted">
                  {unbroken(
                    messages.resets(
                      zoned.relativeDay(refusal.resetsAt, asOf),
                      zoned.date(refusal.resetsAt, asOf),
                    ),
                  )}
                </p>
              )}
              {parts?.actions !== false && (
                <ActionButtons
                  actions={refusal.actions}
                  onAction={onAction}
                  urgent
                  othersMay={messages.askWho}
                />
              )}
            </>
          ) : (
            <p className="uk-text">{messages.neutral}</p>
          )}
        </div>
      </Notice>
    </WidgetRoot>
  );
});
