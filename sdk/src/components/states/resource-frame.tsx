'use client';
import type { ReactNode } from 'react';
import type { Resource } from '../../hooks/base/resource.ts';
import { commonMessages } from '../../messages/common/common.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { useSlots } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import { type WidgetProps, WidgetRoot } from '../parts/widget/widget-root.tsx';
import { ErrorState } from './error-state.tsx';

export interface ResourceFrameProps<Data> extends Pick<WidgetProps, 'headingLevel'> {
  name: string;
  /** The name of its content, as it reads within a sentence. */
  what: string;
  title: string;
  resource: Resource<Data>;
  /** The usual height of the loaded widget. */
  skeleton: ReactNode;
  /** Stands in `data-state` once there are figures; the resource's status by default. */
  stateOf?: ((data: Data) => string) | undefined;
  /** The widget around a state without figures, where something of it stays to be used, such as its filters; a card by default. */
  around?: ((state: ReactNode) => ReactNode) | undefined;
  /** The loaded widget, its cards included. */
  children: (data: Data) => ReactNode;
}

/**
 * A widget's root with the states that every widget has: loading, error, not permitted. Once there are figures, fresh
 * or stale, they are the children's to draw. Renders a `section`. Reads the messages.
 */
export function ResourceFrame<Data>(props: ResourceFrameProps<Data>) {
  const { name, what, title, resource, skeleton, stateOf, around, children, headingLevel } = props;
  const messages = useMessages('common', commonMessages);
  const { status, data, error } = resource;
  const slots = useSlots();
  const drawing = slots.loading ?? skeleton;
  const isLoading = status === 'loading';
  const state =
    data === undefined || status === 'stale' || status === 'empty' ? status : (stateOf?.(data) ?? status);
  const withoutFigures = (
    <>
      {error && <ErrorState {...{ what, error }} skeleton={drawing} onRetry={resource.refresh} />}
      {isLoading && drawing}
    </>
  );
  return (
    <WidgetRoot name={name} state={state} label={isLoading ? messages.loading(what) : title} busy={isLoading}>
      {data !== undefined
        ? children(data)
        : (around?.(withoutFigures) ?? (
            <Card title={title} headingLevel={headingLevel}>
              {withoutFigures}
            </Card>
          ))}
    </WidgetRoot>
  );
}
