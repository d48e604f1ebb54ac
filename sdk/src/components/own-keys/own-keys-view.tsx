'use client';
import { useState } from 'react';
import type { KeyProvider, KeyProviders } from '../../derive/own-keys/key-providers.ts';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { OwnKeysResource } from '../../hooks/own-keys/use-own-keys.ts';
import { ownKeysMessages } from '../../messages/models/own-keys.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { Dialog } from '../parts/controls/dialog.tsx';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';
import { SettingRow } from '../subscription-change/settings-frame.tsx';

/** The removal of a key. */
export type OwnKeyActions = Pick<OwnKeysResource, 'changing' | 'changeError' | 'remove'>;

/** Something of the host's that works under one provider's key only. */
export interface KeyFeature {
  /** Its name, as it reads within a sentence. */
  label: string;
  /** The provider's id in the catalog. */
  provider: string;
}

export interface OwnKeysViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ models: false }`. */
  parts?: PartsOf<'OwnKeys'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<KeyProviders>;
  /** Without it no key can be removed. */
  actions?: OwnKeyActions | undefined;
  /**
   * Leads to where a key is entered, which you keep: UsageKit only keeps that it is in use, once you say so by `saveOwnKey`.
   * Without it there is no button that adds one.
   */
  onAdd?: ((provider: string) => void) | undefined;
  /** Called once a key is no longer used, so that you delete it and call the provider under the platform's. */
  onRemoved?: ((provider: string) => void) | undefined;
  /** Features that need one provider's key, so that the widget says where another's leaves them on the platform's billing. */
  features?: readonly KeyFeature[] | undefined;
  /** Names of the providers, by id; the id by default. */
  providerNames?: Readonly<Record<string, string>> | undefined;
  /** The account's time zone. */
  timeZone?: string | undefined;
}

/** So many models are named in a row; the others are counted. */
const namedModelsMax = 4;

/**
 * Providers of models with the account's own key or the platform's billing, what each covers, and adding and removing keys.
 * Renders a `section`. Reads locale and messages.
 */
export const OwnKeysView = asWidget(function OwnKeysView(props: OwnKeysViewProps) {
  const {
    resource,
    onAdd,
    onRemoved,
    features = [],
    providerNames,
    timeZone,
    parts,
    headingLevel = 2,
  } = props;
  const actions = parts?.actions === false ? undefined : props.actions;
  const messages = useMessages('ownKeys', ownKeysMessages);
  const format = useFormat(timeZone ?? resource.data?.timeZone);
  const [removed, setRemoved] = useState<string>();
  const nameOf = (provider: string) => providerNames?.[provider] ?? provider;
  return (
    <ResourceFrame
      name="own-keys"
      what={messages.what}
      title={messages.title}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={[1, 2].map((line) => <Skeleton key={line} height={36} before={16} />)}
    >
      {({ items }) => {
        const hasKey = items.some(({ key }) => key !== null);
        const linesOf = (each: KeyProvider) => [
          each.key && messages.key(each.key.label, each.key.lastFour),
          parts?.models !== false &&
            each.models.length > 0 &&
            messages.models(namesOf(each.models, format, messages)),
          ...features
            .filter(({ provider }) => provider === each.provider)
            .map(({ label }) =>
              each.key
                ? messages.covers(label)
                : hasKey
                  ? messages.otherKey(label, nameOf(each.provider))
                  : messages.needs(label, nameOf(each.provider)),
            ),
        ];
        return (
          <Card
            title={messages.title}
            headingLevel={headingLevel}
            caption={items.length > 0 && messages.whoMay}
            side={
              resource.status === 'stale' &&
              resource.asOf && <StaleNote asOf={resource.asOf} format={format} />
            }
          >
            {items.length === 0 ? (
              <EmptyState title={messages.emptyTitle} detail={messages.emptyDetail} />
            ) : (
              <div className="uk-settings">
                {items.map((each) => (
                  <SettingRow
                    key={each.provider}
                    name={nameOf(each.provider)}
                    lines={linesOf(each)}
                    value={
                      <span className={each.key ? 'uk-strong' : 'uk-run'}>
                        {each.key ? messages.yours : messages.billedHere}
                      </span>
                    }
                    actions={
                      each.key
                        ? actions && (
                            <Button
                              aria-label={messages.removeOf(nameOf(each.provider))}
                              onClick={() => setRemoved(each.provider)}
                            >
                              {messages.remove}
                            </Button>
                          )
                        : onAdd &&
                          parts?.actions !== false && (
                            <Button
                              aria-label={messages.addOf(nameOf(each.provider))}
                              onClick={() => onAdd(each.provider)}
                            >
                              {messages.add}
                            </Button>
                          )
                    }
                  />
                ))}
              </div>
            )}
            {actions && removed !== undefined && (
              <RemoveDialog
                provider={removed}
                name={nameOf(removed)}
                actions={actions}
                onRemoved={onRemoved}
                onClose={() => setRemoved(undefined)}
              />
            )}
          </Card>
        );
      }}
    </ResourceFrame>
  );
});

function namesOf(models: readonly string[], format: Format, messages: typeof ownKeysMessages): string {
  const others = models.length - namedModelsMax;
  // One name is as short as its count.
  const named =
    others > 1 ? [...models.slice(0, namedModelsMax), messages.others(format.number(others))] : models;
  return new Intl.ListFormat(format.locale).format(named);
}

interface RemoveDialogProps extends Pick<OwnKeysViewProps, 'onRemoved'> {
  provider: string;
  name: string;
  actions: OwnKeyActions;
  onClose: () => void;
}

function RemoveDialog({ provider, name, actions, onRemoved, onClose }: RemoveDialogProps) {
  const messages = useMessages('ownKeys', ownKeysMessages);
  // An error of an earlier try belongs to its own dialog.
  const [hasFailed, setFailed] = useState(false);
  const isRemoving = actions.changing !== undefined;
  async function remove() {
    if (isRemoving) return;
    setFailed(false);
    if (!(await actions.remove(provider))) return setFailed(true);
    onClose();
    onRemoved?.(provider);
  }
  return (
    <Dialog title={messages.removeOf(name)} onClose={onClose}>
      <div className="uk-form">
        <p className="uk-text">{messages.removal(name)}</p>
        {hasFailed && (
          <p className="uk-problem" role="alert">
            {messages.failed}
          </p>
        )}
        <div className="uk-dialog-foot">
          <Button onClick={onClose}>{messages.keep}</Button>
          <Button
            kind="primary"
            onClick={() => void remove()}
            aria-disabled={isRemoving || undefined}
            aria-busy={isRemoving || undefined}
          >
            {isRemoving ? messages.removing : messages.confirmRemoval}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
