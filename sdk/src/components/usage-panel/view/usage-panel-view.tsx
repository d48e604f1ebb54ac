'use client';
import { asWidget } from '../../parts/widget/as-widget.tsx';
import { PanelContent, type UsagePanelViewProps } from './panel-content.tsx';
import { panelExtras } from './panel-extras.tsx';

export { type PanelFigure, type UsagePanelViewProps, usageResource } from './panel-content.tsx';

/**
 * An account's use in the present period, in this order: budget with its categories, plan, meters by group (limits by time first), my usage,
 * history. Renders a `section`. Reads locale and messages.
 */
export const UsagePanelView = asWidget(function UsagePanelView(props: UsagePanelViewProps) {
  return <PanelContent {...props} extras={panelExtras} />;
});
