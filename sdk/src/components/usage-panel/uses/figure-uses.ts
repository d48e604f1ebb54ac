import { type CategoryShare, otherValue, type Usage } from '@usagekit/server/contract';
import type { FigureQuery } from '../../../hooks/usage/use-uses.ts';
import type { UsesDrawerProps } from '../../usage-history/uses/uses-drawer.tsx';
import type { PanelFigure } from '../view/panel-content.tsx';
import type { PanelFigureId } from './panel-value.ts';

export interface FigureUses {
  figure: FigureQuery;
  /** Only the caller's own. */
  isOwn: boolean;
  /** The unit as `format.amount` takes it. */
  unit: UsesDrawerProps['unit'];
  label: string;
}

/** What a figure is the sum of; null where the viewer may not see it, or where it is no sum, as that of a gauge. */
export function usesOf(
  of: PanelFigure,
  { cycle, budget, categories, windows, creditLabel }: Usage,
): FigureUses | null {
  const { used } = of;
  const label = of.label ?? '';
  if (used === null) return null;
  const whole = { from: cycle.countedFrom ?? cycle.startsAt, to: cycle.endsAt };
  if ('sharePercent' in of) {
    if (budget === null) return null;
    const figure = {
      ...whole,
      metric: budget.metric,
      groupBy: 'category',
      ...partOf(of, categories),
    } as const;
    return { figure, isOwn: false, unit: budget.unit === 'credits' ? creditLabel : budget.unit, label };
  }
  const unit = of.unit === 'credits' ? creditLabel : of.unit;
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

/** The id of a figure, by which `findFigure` finds it in a later answer. */
export function idOf(of: PanelFigure): PanelFigureId {
  if ('sharePercent' in of) return { of: 'category', id: of.id };
  if ('limit' in of) return { of: 'window', id: of.id };
  if ('pool' in of) return { of: 'myUsage', id: of.metric };
  if ('kind' in of) return { of: 'meter', id: of.metric };
  return { of: 'budget', id: '' };
}

/** The figure that has the id; undefined where the answer has none. */
export function findFigure({ of, id }: PanelFigureId, usage: Usage): PanelFigure | undefined {
  switch (of) {
    case 'budget':
      return usage.budget ?? undefined;
    case 'category':
      return usage.categories.find((each) => each.id === id);
    case 'window':
      return usage.windows.find((each) => each.id === id);
    case 'myUsage':
      return usage.myUsage.find(({ metric }) => metric === id);
    case 'meter':
      return usage.groups.flatMap(({ meters }) => meters).find(({ metric }) => metric === id);
  }
}
