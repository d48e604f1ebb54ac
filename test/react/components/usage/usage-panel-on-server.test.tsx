// @vitest-environment node
import { UsagePanel } from '@usagekit/react/usage-panel/no-charts';
import { renderToString } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { overUsage, usage, windowedUsage } from '../../../../sdk/gallery/fixtures/usage.ts';
import { UsagePanel as UsagePanelWithCharts } from '../../../../sdk/src/components/usage-panel/index.ts';
import { patience } from '../../../support/patience.ts';

/** What is read of it. */
const textOf = (html: string) => html.replaceAll(/<!--.*?-->|<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

it.each([
  ['of an account with a budget', usage],
  ['over the budget', overUsage],
  ['with limits by time', windowedUsage],
])(
  'F10: a server that does not wait draws the panel without charts with all its figures, %s',
  async (_of, data) => {
    const whole = textOf(renderToString(<UsagePanelWithCharts data={data} />));
    // The rest of its code is asked for with the first, before any page is.
    await vi.waitFor(() => expect(textOf(renderToString(<UsagePanel data={data} />))).toBe(whole), patience);
  },
);
