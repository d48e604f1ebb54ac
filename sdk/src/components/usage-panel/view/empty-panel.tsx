'use client';
import { usagePanelExtrasMessages } from '../../../messages/usage/usage-panel-extras.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { EmptyState } from '../../states/empty-state.tsx';

/** Says what will stand here where the catalog meters nothing that the viewer may see. Renders a `div`. Reads messages. */
export function EmptyPanel() {
  const { emptyTitle, emptyDetail } = useMessages('usagePanel', usagePanelExtrasMessages);
  return <EmptyState title={emptyTitle} detail={emptyDetail} />;
}
