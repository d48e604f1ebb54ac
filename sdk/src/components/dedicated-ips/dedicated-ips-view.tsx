'use client';
import type { DedicatedIp, Subscription } from '@usagekit/server/contract';
import { useEffect, useId, useState } from 'react';
import { takeLeftChange } from '../../client/credits/way-back.ts';
import type { Format } from '../../format/create-format.ts';
import { writePrice } from '../../format/write-price.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { SubscriptionChangeFlow } from '../../hooks/subscription/use-subscription-change.ts';
import { dedicatedIpsMessages } from '../../messages/subscription/dedicated-ips.ts';
import { subscriptionChangeMessages } from '../../messages/subscription/subscription-change.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { TextField } from '../parts/controls/text-field.tsx';
import { asWidget } from '../parts/widget/as-widget.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { facts } from '../parts/words/facts.tsx';
import { LazyMissingMethod } from '../payment-method/lazy-missing-method.ts';
import { EmptyState } from '../states/empty-state.tsx';
import { QuantityField } from '../subscription-change/quantity-field.tsx';
import { quantityWords } from '../subscription-change/quantity-words.ts';
import { SettingDialog } from '../subscription-change/setting-dialog.tsx';
import { SettingRow, SettingsFrame } from '../subscription-change/settings-frame.tsx';

/** An agent that an address can be assigned to. */
export interface AgentChoice {
  /** Id of the agent, as uses name it. */
  id: string;
  /** Its name; the id by default. */
  label?: string | undefined;
}

export interface DedicatedIpsViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ actions: false }`. */
  parts?: PartsOf<'DedicatedIps'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<Subscription>;
  /** The change that a choice begins; without it nothing can be changed. */
  flow?: SubscriptionChangeFlow | undefined;
  /** The host's agents, which the server does not list; without them the id of an agent is typed. */
  agents?: readonly AgentChoice[] | undefined;
}

type Edit = { kind: 'buy'; left?: number } | { kind: 'assign' | 'release' | 'remove'; ip: DedicatedIp };

/**
 * Fixed outgoing addresses with the agent of each; buying, assigning, releasing and removing them. Renders a `section`. Reads
 * locale and messages.
 */
export const DedicatedIpsView = asWidget(function DedicatedIpsView(props: DedicatedIpsViewProps) {
  const { resource, agents, parts, headingLevel } = props;
  const flow = parts?.actions === false ? undefined : props.flow;
  const messages = useMessages('dedicatedIps', dedicatedIpsMessages);
  const [edit, setEdit] = useState<Edit>();
  const isReady = flow !== undefined && resource.data !== undefined;
  // Whoever comes back from the payment page finds the dialog as they left it.
  useEffect(() => {
    const left = isReady && takeLeftChange('dedicated_ips');
    if (left) setEdit({ kind: 'buy', left: left.quantity });
  }, [isReady]);
  const nameOf = (agentId: string) => agents?.find(({ id }) => id === agentId)?.label ?? agentId;
  return (
    <SettingsFrame
      name="dedicated-ips"
      words={messages}
      resource={resource}
      headingLevel={headingLevel}
      isEmpty={({ dedicatedIps }) => dedicatedIps === null}
      side={() => flow && <Button onClick={() => setEdit({ kind: 'buy' })}>{messages.buy}</Button>}
    >
      {(plan, format) => {
        const { items, max, price } = plan.dedicatedIps ?? { items: [], max: 0, price: null };
        return (
          <>
            {parts?.price !== false && (
              <p className="uk-caption">
                {facts(
                  messages.count(format.number(items.length), format.number(max)),
                  price && messages.each[plan.interval ?? 'month'](writePrice(price, format)),
                )}
              </p>
            )}
            {items.length === 0 && <EmptyState title={messages.noneTitle} detail={messages.noneDetail} />}
            {items.map((ip) => (
              <SettingRow
                key={ip.id}
                name={ip.id}
                lines={[
                  ip.agentId === null ? messages.free : messages.assignedTo(nameOf(ip.agentId)),
                  ip.endsAt && messages.endsOn(format.date(ip.endsAt, plan.asOf)),
                ]}
                actions={
                  flow && plan.canManage && <IpActions ip={ip} onEdit={(kind) => setEdit({ kind, ip })} />
                }
              />
            ))}
            {flow && edit?.kind === 'buy' && (
              <BuyDialog
                plan={plan}
                left={edit.left}
                flow={flow}
                format={format}
                onClose={() => setEdit(undefined)}
              />
            )}
            {flow && edit && edit.kind !== 'buy' && (
              <IpDialog
                edit={edit}
                agents={agents?.filter(({ id }) => items.every(({ agentId }) => agentId !== id))}
                nameOf={nameOf}
                flow={flow}
                format={format}
                onClose={() => setEdit(undefined)}
              />
            )}
          </>
        );
      }}
    </SettingsFrame>
  );
});

interface IpActionsProps {
  ip: DedicatedIp;
  onEdit: (kind: 'assign' | 'release' | 'remove') => void;
}

/** One that an agent has can only be released, and then be assigned or removed. */
function IpActions({ ip: { id, agentId, endsAt }, onEdit }: IpActionsProps) {
  const messages = useMessages('dedicatedIps', dedicatedIpsMessages);
  if (agentId !== null) {
    return (
      <Button aria-label={messages.releaseOf(id)} onClick={() => onEdit('release')}>
        {messages.release}
      </Button>
    );
  }
  if (endsAt !== null) return null;
  return (
    <>
      <Button kind="quiet" aria-label={messages.removeOf(id)} onClick={() => onEdit('remove')}>
        {messages.remove}
      </Button>
      <Button aria-label={messages.assignOf(id)} onClick={() => onEdit('assign')}>
        {messages.assign}
      </Button>
    </>
  );
}

interface BuyDialogProps {
  plan: Subscription;
  /** The quantity with which the page was left for a payment method. */
  left: number | undefined;
  flow: SubscriptionChangeFlow;
  format: Format;
  onClose: () => void;
}

function BuyDialog({ plan, left, flow, format, onClose }: BuyDialogProps) {
  const messages = useMessages('dedicatedIps', dedicatedIpsMessages);
  const shared = useMessages('subscriptionChange', subscriptionChangeMessages);
  const [{ held, assigned, max }] = useState(() => ({
    held: plan.dedicatedIps?.items.filter(({ endsAt }) => endsAt === null).length ?? 0,
    assigned: plan.dedicatedIps?.items.filter(({ agentId }) => agentId !== null).length ?? 0,
    max: plan.dedicatedIps?.max ?? 0,
  }));
  const [initial] = useState(left ?? Math.min(held + 1, max));
  const [quantity, setQuantity] = useState<number | undefined>(initial);
  const written = format.number(quantity ?? held);
  return (
    <SettingDialog
      missingMethod={LazyMissingMethod}
      title={messages.buyTitle}
      flow={flow}
      command={quantity === undefined || quantity === held ? undefined : { kind: 'dedicated_ips', quantity }}
      onClose={onClose}
      format={format}
      fields={
        <QuantityField
          label={messages.field}
          initial={initial}
          least={assigned}
          most={max}
          onChange={setQuantity}
          format={format}
        />
      }
      {...quantityWords({ words: messages, shared, held, quantity, written, format })}
    />
  );
}

interface IpDialogProps {
  edit: Exclude<Edit, { kind: 'buy' }>;
  agents: readonly AgentChoice[] | undefined;
  nameOf: (agentId: string) => string;
  flow: SubscriptionChangeFlow;
  format: Format;
  onClose: () => void;
}

function IpDialog({ edit, agents, nameOf, flow, format, onClose }: IpDialogProps) {
  const messages = useMessages('dedicatedIps', dedicatedIpsMessages);
  const [typed, setTyped] = useState('');
  const { kind, ip } = edit;
  const ipId = ip.id;
  const agentId = typed.trim();
  const command =
    kind === 'remove'
      ? ({ kind: 'remove_dedicated_ip', ipId } as const)
      : kind === 'release'
        ? ({ kind: 'assign_dedicated_ip', ipId, agentId: null } as const)
        : agentId === ''
          ? undefined
          : ({ kind: 'assign_dedicated_ip', ipId, agentId } as const);
  return (
    <SettingDialog
      title={messages[`${kind}Of`](ipId)}
      flow={flow}
      command={command}
      onClose={onClose}
      format={format}
      fields={
        kind !== 'assign' ? undefined : agents ? (
          <AgentField agents={agents} value={typed} onChange={setTyped} />
        ) : (
          <TextField label={messages.agent} inputMode="text" value={typed} onChange={setTyped} />
        )
      }
      buttonOf={() => messages[`${kind}Of`](ipId)}
      outcomeOf={({ effectiveAt, asOf }) =>
        kind === 'assign'
          ? messages.assigned(ipId, nameOf(agentId))
          : kind === 'release'
            ? messages.released(ipId)
            : messages.removed(ipId, format.date(effectiveAt, asOf))
      }
    />
  );
}

interface AgentFieldProps {
  agents: readonly AgentChoice[];
  value: string;
  onChange: (agentId: string) => void;
}

function AgentField({ agents, value, onChange }: AgentFieldProps) {
  const messages = useMessages('dedicatedIps', dedicatedIpsMessages);
  const id = useId();
  return (
    <div className="uk-field-line">
      <label className="uk-field-name" htmlFor={id}>
        {messages.agent}
      </label>
      <select id={id} className="uk-select" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{messages.chooseAgent}</option>
        {agents.map((agent) => (
          <option key={agent.id} value={agent.id}>
            {agent.label ?? agent.id}
          </option>
        ))}
      </select>
    </div>
  );
}
