import {
  createUsageKitMock,
  renderWithUsageKit,
  stableMarkup,
  usageKitSerializer,
  withStableIds,
} from '@usagekit/react/testing';
import { MonthlyHistory } from '@usagekit/react/usage-history';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { patience } from '../../support/patience.ts';

async function markupsOf(ui: React.ReactNode): Promise<[string, string][]> {
  const markups: [string, string][] = [];
  for (let run = 0; run < 2; run += 1) {
    const mock = createUsageKitMock({ scenario: 'sixMonths', afterEach: onTestFinished });
    const { container, unmount } = renderWithUsageKit(ui, { mock });
    await vi.waitFor(() => {
      const panels = [...container.querySelectorAll('.uk-month-panel')];
      expect(panels.length).toBeGreaterThan(1);
      expect(panels.every((panel) => panel.querySelector('svg.recharts-surface path') !== null)).toBe(true);
    }, patience);
    markups.push([container.outerHTML, stableMarkup(container)]);
    unmount();
    await mock.close();
  }
  return markups;
}

describe('F27: a snapshot', () => {
  it('of charts is the same in each run, whatever was rendered before', async () => {
    const [first, second] = await markupsOf(<MonthlyHistory />);
    expect(second?.[1]).toBe(first?.[1]);
    // Without it their ids count on.
    expect(second?.[0]).not.toBe(first?.[0]);
  });

  it('names ids by the order of their first appearance', () => {
    expect(withStableIds('<p id="«r1a»" for="x-_r_3_"/><i a=":r9:" b="«r1a»" c="recharts12-clip"/>')).toBe(
      '<p id="id-1" for="x-id-2"/><i a="id-3" b="id-1" c="id-4-clip"/>',
    );
  });

  it('serializer takes what holds a widget and nothing else', () => {
    const host = document.createElement('div');
    expect(usageKitSerializer.test(host)).toBe(false);
    host.innerHTML = '<section class="uk-root" id="_r_7_"><p>1</p></section>';
    expect(usageKitSerializer.test(host)).toBe(true);
    expect(usageKitSerializer.serialize(host)).toBe(
      '<div>\n<section class="uk-root" id="id-1">\n<p>1</p>\n</section>\n</div>',
    );
  });
});
