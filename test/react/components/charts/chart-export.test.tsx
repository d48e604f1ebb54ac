import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { allSeries } from '../../../../sdk/gallery/fixtures/series.ts';
import { usage } from '../../../../sdk/gallery/fixtures/usage.ts';
import { GivenUsageHistory } from '../../../../sdk/src/components/usage-history/index.ts';
import { sumDecimals } from '../../../../sdk/src/derive/decimal.ts';

let saved: { blob: Blob; name: string }[] = [];

beforeEach(() => {
  saved = [];
  const blobs: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => `blob:${blobs.push(blob as Blob)}`);
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => {});
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ blob: blobs.at(-1) as Blob, name: this.download });
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const frame of document.querySelectorAll('iframe')) frame.remove();
});

const metric = allSeries.find(({ groupBy }) => groupBy === null)?.metric ?? '';
const seriesBy = (by: string | null) =>
  allSeries.find((each) => each.metric === metric && each.groupBy === by);

async function choose(kind: string) {
  await userEvent.click(await screen.findByRole('button', { name: 'Export' }));
  await userEvent.click(
    within(screen.getByRole('group', { name: 'Export' })).getByRole('button', { name: kind }),
  );
}

async function rowsSaved(): Promise<string[][]> {
  await waitFor(() => expect(saved).toHaveLength(1));
  const text = (await saved[0]?.blob.text()) ?? '';
  return text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
}

describe('what the history is saved as', () => {
  it('F19: CSV has a row for each day, which sum to the headline', async () => {
    render(<GivenUsageHistory series={allSeries} cycle={usage.cycle} />);
    await choose('Figures as CSV');
    const [head, ...rows] = await rowsSaved();
    expect(head?.slice(1)).toEqual(['metric', 'unit', 'dimension', 'value', 'label', 'amount']);
    const series = seriesBy(null);
    expect(rows.map(([start]) => start)).toEqual(series?.buckets);
    expect(sumDecimals(rows.map((row) => row.at(-1) ?? ''))).toBe(series?.total);
    expect(saved[0]?.name).toBe(`usage-${metric}.csv`);
    expect(screen.getByRole('button', { name: 'Export' })).toHaveFocus();
  });

  it('F19: CSV of a breakdown has its shown parts, without those that the legend took out', async () => {
    render(<GivenUsageHistory series={allSeries} cycle={usage.cycle} defaultChoice={{ by: 'agent' }} />);
    const series = seriesBy('agent');
    await choose('Figures as CSV');
    const whole = await rowsSaved();
    expect(sumDecimals(whole.slice(1).map((row) => row.at(-1) ?? ''))).toBe(series?.total);
    await waitFor(() => expect(document.querySelector('.uk-legend-toggle')).not.toBeNull());
    const legend = document.querySelectorAll<HTMLElement>('.uk-legend-toggle');
    const name = legend[0]?.textContent ?? '';
    await userEvent.click(legend[0] as HTMLElement);
    expect(legend[0]).toHaveAttribute('aria-pressed', 'false');
    saved = [];
    await choose('Figures as CSV');
    const left = await rowsSaved();
    expect(left.length).toBe(whole.length - (series?.buckets.length ?? 0));
    expect(left.some((row) => row[5] === name)).toBe(false);
  });

  it('F19: SVG stands alone: title, chart and the legend that is shown, and no style sheet', async () => {
    render(<GivenUsageHistory series={allSeries} cycle={usage.cycle} defaultChoice={{ by: 'agent' }} />);
    await waitFor(() => expect(document.querySelector('.uk-chart .recharts-bar')).not.toBeNull());
    await choose('Chart as SVG');
    await waitFor(() => expect(saved).toHaveLength(1));
    const text = (await saved[0]?.blob.text()) ?? '';
    const picture = new DOMParser().parseFromString(text, 'image/svg+xml');
    expect(picture.querySelector('parsererror')).toBeNull();
    const names = [...document.querySelectorAll('.uk-legend-toggle')].map((each) => each.textContent ?? '');
    for (const name of names) expect(picture.documentElement.textContent).toContain(name);
    expect(picture.querySelectorAll('pattern').length).toBeGreaterThanOrEqual(names.length);
    expect(text).not.toMatch(/class=|<style|<script/);
  });

  it('F19: PNG is the same picture, two pixels for each of the screen’s; a browser that cannot draw it says so', async () => {
    // jsdom draws nothing: what stands here is asked for as a browser would be.
    const drawn: { image: HTMLImageElement; size: number[] }[] = [];
    let canDraw = true;
    HTMLImageElement.prototype.decode = () =>
      canDraw ? Promise.resolve() : Promise.reject(new Error('blocked'));
    onTestFinished(() => {
      Reflect.deleteProperty(HTMLImageElement.prototype, 'decode');
    });
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation((() => ({
      drawImage: (image: HTMLImageElement, _x: number, _y: number, ...size: number[]) =>
        drawn.push({ image, size }),
      fillRect: () => {},
      getImageData: () => ({ data: [0, 0, 0, 255] }),
    })) as never);
    vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done, type) =>
      done(new Blob(['a picture'], { type: type ?? '' })),
    );
    render(<GivenUsageHistory series={allSeries} cycle={usage.cycle} />);
    await screen.findByRole('application');
    await choose('Chart as PNG');
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(saved[0]?.name).toBe(`usage-${metric}.png`);
    expect(saved[0]?.blob.type).toBe('image/png');
    const [{ image, size } = { image: undefined, size: [] }] = drawn;
    const [head = '', ...text] = (image?.src ?? '').split(',');
    expect(head).toBe('data:image/svg+xml;charset=utf-8');
    const picture = new DOMParser().parseFromString(decodeURIComponent(text.join(',')), 'image/svg+xml');
    const { documentElement } = picture;
    expect(documentElement.textContent).toContain('Credits spent');
    expect(picture.querySelectorAll('path').length).toBeGreaterThan(20);
    expect(size).toEqual(['width', 'height'].map((side) => 2 * Number(documentElement.getAttribute(side))));
    canDraw = false;
    await choose('Chart as PNG');
    expect(await screen.findByRole('alert')).toHaveTextContent(/could not/);
    expect(saved).toHaveLength(1);
  });

  it('F19: prints a sheet of its own with every figure', async () => {
    render(<GivenUsageHistory series={allSeries} cycle={usage.cycle} defaultChoice={{ asTable: true }} />);
    const print = vi.fn();
    const append = document.body.append.bind(document.body);
    vi.spyOn(document.body, 'append').mockImplementation((...nodes) => {
      append(...nodes);
      for (const node of nodes) {
        const view = (node as HTMLIFrameElement).contentWindow;
        if (view) view.print = print;
      }
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Export' }));
    expect(screen.queryByRole('button', { name: 'Chart as PNG' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Print' }));
    expect(print).toHaveBeenCalledOnce();
    const sheet = document.querySelector('iframe')?.contentDocument;
    expect(sheet?.querySelectorAll('tr')).toHaveLength(seriesBy(null)?.buckets.length ?? -1);
    expect(sheet?.querySelector('svg text')).not.toBeNull();
    document.querySelector('iframe')?.contentWindow?.dispatchEvent(new Event('afterprint'));
    expect(document.querySelector('iframe')).toBeNull();
  });
});
