'use client';
import type { ViewInAddressProps } from '../../../hooks/base/use-view.ts';
import { type ViewFields, ViewInAddress } from '../../parts/widget/view-in-address.tsx';
import type { PanelFigureId, UsagePanelValue } from './panel-value.ts';

const kinds = ['budget', 'category', 'meter', 'window', 'myUsage'] as const;

function readFigure(text: string): PanelFigureId | null {
  const [kind, ...id] = text.split(':');
  const of = kinds.find((each) => each === kind);
  // Ids are the host's own and may have a colon in them.
  return of === undefined ? null : { of, id: id.join(':') };
}

const fields: ViewFields<UsagePanelValue> = {
  write: ({ figure }) => ({ open: figure ? `${figure.of}:${figure.id}` : '' }),
  read: ({ open = '' }) => ({ figure: readFigure(open) }),
};

/** Keeps which figure's uses are open in the page's address. Renders nothing. */
export function PanelAddress(props: ViewInAddressProps<UsagePanelValue>) {
  return <ViewInAddress {...props} fields={fields} />;
}
