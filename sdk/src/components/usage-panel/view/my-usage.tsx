'use client';
import type { MyMeter } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { usagePanelExtrasMessages } from '../../../messages/usage/usage-panel-extras.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { Card } from '../../parts/widget/card.tsx';
import type { ShownMeter } from './panel-content.tsx';

export interface MyUsageProps {
  meters: MyMeter[];
  headingLevel: number;
  /** Given, since the panel has the code of its meters before this is loaded. */
  drawMeters: (meters: readonly ShownMeter[]) => ReactNode;
}

/**
 * The caller's own use against an allocation, or against the pool with a caption that says it is shared. Renders a card with a grid
 * of meters. Reads messages.
 */
export function MyUsage({ meters, headingLevel, drawMeters }: MyUsageProps) {
  const messages = useMessages('usagePanel', usagePanelExtrasMessages);
  const shown = meters.map((meter) => ({
    ...meter,
    included: meter.allocation ?? meter.pool,
    note: meter.allocation !== null ? messages.allocation : meter.pool !== null ? messages.shared : undefined,
  }));
  return (
    <Card title={messages.myUsage} headingLevel={headingLevel}>
      {drawMeters(shown)}
    </Card>
  );
}
