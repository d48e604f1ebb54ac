'use client';
import { type CategoryShare, otherValue, type Usage } from '@usagekit/server/contract';
import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import { formatPeriod } from '../../format/format-period.ts';
import { useFormat } from '../../format/use-format.ts';
import { useWhoami } from '../../hooks/accounts/use-whoami.ts';
import type { FigureQuery } from '../../hooks/usage/use-uses.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { usesMessages } from '../../messages/uses.ts';
import { LinkButton } from '../parts/button.tsx';
import type { UsesDrawerProps } from '../usage-history/uses-drawer.tsx';
import type { PanelFigure } from './usage-panel-view.tsx';

const UsesDrawer = lazy(() =>
  import('../usage-history/uses-drawer.tsx').then(({ UsesDrawer: Loaded }) => ({ default: Loaded })),
);

export interface OpenMeterProps {
  of: PanelFigure;
  usage: Usage;
  /** The figure as it is shown. */
  shown: ReactNode;
  accountId: string | undefined;
}

/**
 * A figure of the panel that opens the uses behind it, or its text where no uses sum to it. Renders a `button`, and a modal
 * `dialog` once it is open. Reads messages.
 */
export function OpenMeter({ of, usage, shown, accountId }: OpenMeterProps) {
  const uses = usesOf(of, usage);
  return uses === null ? shown : <OpenUses {...{ ...uses, usage, shown, accountId }} />;
}

interface FigureUses {
  figure: FigureQuery;
  /** Only the caller's own. */
  isOwn: boolean;
  /** The unit as `format.amount` takes it. */
  unit: UsesDrawerProps['unit'];
  label: string;
}

/** What a figure is the sum of; null where the viewer may not see it, or where it is no sum, as that of a gauge. */
function usesOf(of: PanelFigure, { cycle, budget, categories, windows }: Usage): FigureUses | null {
  const { label, used } = of;
  if (used === null) return null;
  const whole = { from: cycle.startsAt, to: cycle.endsAt };
  if ('sharePercent' in of) {
    if (budget === null) return null;
    const figure = {
      ...whole,
      metric: budget.metric,
      groupBy: 'category',
      ...partOf(of, categories),
    } as const;
    return { figure, isOwn: false, unit: budget.unit, label };
  }
  const { unit } = of;
  if ('limit' in of) {
    // Its meter goes by the window's id in place of the metric.
    const metric = windows.find(({ id }) => id === of.id)?.metric;
    if (metric === undefined || of.startsAt === null) return null;
    const own = of.of === 'member';
    return {
      figure: { metric, from: of.startsAt },
      isOwn: own,
      unit,
      label,
    };
  }
  if ('kind' in of && of.kind === 'gauge') return null;
  const figure = { ...whole, metric: of.metric };
  return { figure, isOwn: 'pool' in of, unit, label };
}

/** A category; what has none is the rest without all others. */
function partOf({ id }: CategoryShare, all: readonly CategoryShare[]): Partial<FigureQuery> {
  if (id !== otherValue) return { value: id };
  return { except: all.flatMap((each) => (each.id === otherValue ? [] : each.id)).join('~') };
}

function OpenUses(props: FigureUses & Omit<OpenMeterProps, 'of'>) {
  const { figure, isOwn, label, unit, usage, shown, accountId } = props;
  const { timeZone } = usage.cycle;
  const format = useFormat(timeZone).inZone(timeZone);
  const messages = useMessages('uses', usesMessages);
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const Drawer = isOwn ? OwnUsesDrawer : UsesDrawer;
  return (
    <>
      <LinkButton
        id={id}
        className="uk-figure-open"
        // Its name ends with what it shows, which somebody who speaks to a browser reads out.
        aria-label={`${messages.open(label)}:`}
        aria-labelledby={`${id} ${id}-shown`}
        onClick={() => setOpen(true)}
      >
        <span id={`${id}-shown`}>{shown}</span>
      </LinkButton>
      {isOpen && (
        <Suspense fallback={null}>
          <Drawer
            {...{ figure, label, unit, accountId, format, timeZone }}
            caption={formatPeriod(figure.from, figure.to ?? usage.asOf, format)}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}

/** The uses of the caller alone. Reads who that is. */
function OwnUsesDrawer({ figure, ...rest }: UsesDrawerProps) {
  const { data } = useWhoami({ accountId: rest.accountId });
  const memberId = data?.memberId;
  if (!memberId) return null;
  return <UsesDrawer {...rest} figure={{ ...figure, groupBy: 'member', value: memberId }} />;
}
