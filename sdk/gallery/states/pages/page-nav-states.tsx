import { PageNav } from '../../../src/components/page-nav/page-nav.tsx';
import { WidgetRoot } from '../../../src/components/parts/widget/widget-root.tsx';
import type { GalleryState } from '../../gallery-state.ts';

const pages = { usage: '#usage', tasks: '#tasks', billing: '#billing' };

export const pageNavStates: GalleryState[] = (['usage', 'billing'] as const).map((present) => ({
  widget: 'PageNav',
  state: `on ${present}`,
  element: (
    <WidgetRoot name="page" state="ready" label="A page of the account">
      <PageNav pages={pages} present={present} />
    </WidgetRoot>
  ),
}));
