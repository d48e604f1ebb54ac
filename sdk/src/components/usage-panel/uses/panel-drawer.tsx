'use client';
import type { Usage } from '@usagekit/server/contract';
import { formatPeriod } from '../../../format/format-period.ts';
import { useFormat } from '../../../format/use-format.ts';
import { useWhoami } from '../../../hooks/access/use-whoami.ts';
import { usagePanelExtrasMessages } from '../../../messages/usage/usage-panel-extras.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { UsesDrawer, type UsesDrawerProps } from '../../usage-history/uses/uses-drawer.tsx';
import { findFigure, usesOf } from './figure-uses.ts';
import type { PanelFigureId } from './panel-value.ts';

export interface PanelDrawerProps {
  open: PanelFigureId;
  usage: Usage;
  accountId: string | undefined;
  onClose: () => void;
}

/**
 * The uses behind a figure of the panel, or nothing where the answer has no such figure or the viewer may not see it. Renders a
 * modal `dialog`. Reads locale, and who the caller is for uses of their own.
 */
export function PanelDrawer({ open, usage, accountId, onClose }: PanelDrawerProps) {
  const { timeZone } = usage.cycle;
  const format = useFormat(timeZone).inZone(timeZone);
  const { uncategorized } = useMessages('usagePanel', usagePanelExtrasMessages);
  const of = findFigure(open, usage);
  const uses = of === undefined ? null : usesOf(of, usage);
  if (uses === null) return null;
  const { isOwn, figure, label, unit } = uses;
  const Drawer = isOwn ? OwnUsesDrawer : UsesDrawer;
  return (
    <Drawer
      label={label || uncategorized}
      {...{ figure, unit, accountId, format, timeZone, onClose }}
      caption={formatPeriod(figure.from, figure.to ?? usage.asOf, format)}
    />
  );
}

/** The uses of the caller alone. Reads who that is. */
function OwnUsesDrawer({ figure, ...rest }: UsesDrawerProps) {
  const { data } = useWhoami({ accountId: rest.accountId });
  const memberId = data?.memberId;
  if (!memberId) return null;
  return <UsesDrawer {...rest} figure={{ ...figure, groupBy: 'member', value: memberId }} />;
}
