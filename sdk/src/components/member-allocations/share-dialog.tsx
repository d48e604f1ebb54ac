'use client';
import type { DecimalString, Member } from '@usagekit/server/contract';
import { useRef, useState } from 'react';
import type { Format } from '../../format/create-format.ts';
import { parseAmount, typedAmount } from '../../format/parse-amount.ts';
import { memberAllocationsMessages } from '../../messages/members/member-allocations.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { Dialog } from '../parts/controls/dialog.tsx';
import { TextField } from '../parts/controls/text-field.tsx';
import { useKeptFocus } from '../parts/controls/use-kept-focus.ts';
import { usePartClass } from '../parts/widget/as-widget.tsx';
import type { ShareEdit } from './member-allocations-view.tsx';
import { type MemberShares, type ShareableMetric, stoppedBy } from './member-shares.ts';

/** Props of the dialog that sets the shares of members. */
export interface ShareDialogProps {
  /** Whose share is set. */
  edit: ShareEdit;
  /** The metric that is shared out. */
  metric: ShareableMetric;
  /** What each member has used of it in this cycle. */
  used: MemberShares['used'];
  /** Saves the share of the members; null takes it away. Resolves with those for whom it was not saved. */
  allocate: (members: readonly Member[], share: DecimalString | null) => Promise<Member[]>;
  /** Goes over to clearing the share. */
  onClear: () => void;
  /** Called when it is closed. */
  onClose: () => void;
  /** Writes figures and dates as the reader's language does. */
  format: Format;
}

/** A share for one member or for several, with whom it would stop. Renders a modal `dialog`. Reads messages. */
export function ShareDialog(props: ShareDialogProps) {
  const { edit, onClose, format } = props;
  const messages = useMessages('memberAllocations', memberAllocationsMessages);
  const [first] = edit.members;
  const count = edit.members.length;
  const many = edit.clears ? messages.clearMany : messages.editMany;
  return (
    <Dialog
      title={
        count === 1 && first && !edit.clears ? messages.editOf(first.name) : many(count, format.number(count))
      }
      caption={props.metric.label}
      onClose={onClose}
    >
      <ShareContent {...props} />
    </Dialog>
  );
}

/** The dialog's content. Renders a `form`. Reads messages. */
export function ShareContent(props: ShareDialogProps) {
  const { edit, metric, used, allocate, onClear, onClose, format } = props;
  const messages = useMessages('memberAllocations', memberAllocationsMessages);
  const partClass = usePartClass();
  const shares = new Set(edit.members.map(({ allocations }) => allocations[metric.metric]));
  const [before] = shares.size === 1 ? shares : [];
  const [typed, setTyped] = useState(before === undefined ? '' : typedAmount(before, format.locale));
  const [state, setState] = useState<{ isSaving: boolean; failed: Member[] }>({
    isSaving: false,
    failed: [],
  });
  const share = edit.clears ? null : parseAmount(typed, format.locale);
  const stopped = share ? stoppedBy(share, edit.members, used) : [];
  const namesOf = (members: readonly Member[]) =>
    new Intl.ListFormat(format.locale).format(members.map(({ name }) => name));
  const cannotSave = state.isSaving || share === undefined || (!edit.clears && share === before);
  const written = format.amount(share ?? '0', metric.unit).exact;
  const foot = useRef<HTMLDivElement>(null);
  useKeptFocus(foot, edit.clears);
  async function save() {
    if (cannotSave || share === undefined) return;
    setState({ isSaving: true, failed: [] });
    const failed = await allocate(edit.members, share);
    if (failed.length === 0) onClose();
    else setState({ isSaving: false, failed });
  }
  return (
    <form
      className="uk-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {!edit.clears && (
        <TextField
          label={messages.field}
          unit={format.unit(share ?? '2', metric.unit)}
          value={typed}
          onChange={setTyped}
          problem={
            share === undefined && typed !== ''
              ? messages.invalid(format.number('1000'), format.number('12.5'))
              : undefined
          }
        />
      )}
      <div className="uk-purchase-what" aria-live="polite">
        {share !== undefined && (
          <p className="uk-text">
            <span className="uk-strong">{messages.now}</span> {messages.costsNothing}
          </p>
        )}
        {edit.clears && <p className="uk-text">{messages.cleared}</p>}
        {stopped.length > 0 && <p className="uk-problem">{messages.stops(namesOf(stopped))}</p>}
        {state.failed.length > 0 && (
          <p className="uk-problem" role="alert">
            {messages.failed(namesOf(state.failed))}
          </p>
        )}
      </div>
      <div ref={foot} className="uk-dialog-foot">
        {!edit.clears && before !== undefined && (
          <Button kind="quiet" onClick={onClear}>
            {messages.clear}
          </Button>
        )}
        <Button onClick={onClose}>{messages.back}</Button>
        <button
          type="submit"
          className={partClass('button')}
          data-kind="primary"
          aria-disabled={cannotSave || undefined}
          aria-busy={state.isSaving || undefined}
        >
          {state.isSaving
            ? messages.saving
            : edit.clears
              ? messages.confirmClear
              : share === undefined
                ? messages.setSelected
                : messages.confirm(written)}
        </button>
      </div>
    </form>
  );
}
