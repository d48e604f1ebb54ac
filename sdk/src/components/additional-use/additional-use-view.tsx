'use client';
import type { AdditionalUseInput, SubscribedAdditionalUse, Subscription } from '@usagekit/server/contract';
import { useState } from 'react';
import type { Format } from '../../format/create-format.ts';
import { typedAmount } from '../../format/parse-amount.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { SubscriptionChangeFlow } from '../../hooks/subscription/use-subscription-change.ts';
import { additionalUseMessages } from '../../messages/limits/additional-use.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { Segments } from '../parts/controls/segments.tsx';
import { asWidget } from '../parts/widget/as-widget.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { AmountField, parsePositive } from '../subscription-change/amount-field.tsx';
import { EditedRows } from '../subscription-change/edited-rows.tsx';
import { SettingDialog } from '../subscription-change/setting-dialog.tsx';
import { SettingRow, SettingsFrame } from '../subscription-change/settings-frame.tsx';

export interface AdditionalUseViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ actions: false }`. */
  parts?: PartsOf<'AdditionalUse'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<Subscription>;
  /** The change that a choice begins; without it nothing can be changed. */
  flow?: SubscriptionChangeFlow | undefined;
}

/**
 * Whether use beyond an allowance goes on: off, up to a number, or without a limit, by metric. Renders a `section`. Reads locale and
 * messages.
 */
export const AdditionalUseView = asWidget(function AdditionalUseView(props: AdditionalUseViewProps) {
  const { resource, flow, parts, headingLevel } = props;
  const messages = useMessages('additionalUse', additionalUseMessages);
  return (
    <SettingsFrame
      name="additional-use"
      words={messages}
      resource={resource}
      headingLevel={headingLevel}
      isEmpty={({ additionalUse }) => additionalUse.length === 0}
    >
      {({ additionalUse, canManage }, format) => (
        <EditedRows
          items={additionalUse}
          idOf={({ metric }) => metric}
          row={(use, edit) => (
            <SettingRow
              name={use.label}
              lines={[
                parts?.mode !== false &&
                  (use.mode === 'capped'
                    ? messages.state.capped(format.amount(use.cap ?? '0', use.unit).exact)
                    : messages.state[use.mode]),
              ]}
              value={
                <span className="uk-strong">
                  {use.mode === 'capped'
                    ? messages.upTo(format.number(use.cap ?? '0'))
                    : messages.mode[use.mode]}
                </span>
              }
              actions={
                flow &&
                canManage &&
                parts?.actions !== false && (
                  <Button aria-label={messages.changeOf(use.label)} onClick={edit}>
                    {messages.change}
                  </Button>
                )
              }
            />
          )}
          dialog={(use, close) => flow && <UseDialog use={use} flow={flow} format={format} onClose={close} />}
        />
      )}
    </SettingsFrame>
  );
});

interface UseDialogProps {
  use: SubscribedAdditionalUse;
  flow: SubscriptionChangeFlow;
  format: Format;
  onClose: () => void;
}

const modes = ['off', 'capped', 'unlimited'] as const;

function UseDialog({ use, flow, format, onClose }: UseDialogProps) {
  const messages = useMessages('additionalUse', additionalUseMessages);
  const [{ metric, label, unit, mode: before, cap: capBefore }] = useState(use);
  const [mode, setMode] = useState<AdditionalUseInput['mode']>(before);
  const [typed, setTyped] = useState(() => typedAmount(capBefore ?? '100', format.locale));
  const cap = parsePositive(typed, format);
  const isSame = mode === before && (mode !== 'capped' || cap === capBefore);
  const command = isSame
    ? undefined
    : mode !== 'capped'
      ? ({ kind: 'additional_use', metric, mode } as const)
      : cap === undefined
        ? undefined
        : ({ kind: 'additional_use', metric, mode, cap } as const);
  return (
    <SettingDialog
      title={messages.changeOf(label)}
      flow={flow}
      command={command}
      onClose={onClose}
      labelOf={(id) => (id === metric ? label : id)}
      format={format}
      fields={
        <div className="uk-form">
          <Segments
            label={messages.title}
            segments={modes.map((value) => ({ value, label: messages.mode[value] }))}
            value={mode}
            onChange={setMode}
          />
          {mode === 'capped' && (
            <AmountField
              label={messages.field}
              unit={unit}
              typed={typed}
              onType={setTyped}
              isInvalid={cap === undefined}
              invalid={messages.invalid}
              format={format}
            />
          )}
          <p className="uk-caption">{messages.livesOn}</p>
        </div>
      }
      buttonOf={() =>
        mode === 'capped'
          ? messages.confirm.capped(format.amount(cap ?? '0', unit).exact)
          : messages.confirm[mode]
      }
      outcomeOf={() => messages.changed}
    />
  );
}
