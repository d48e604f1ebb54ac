import { describe, expect, it, vi } from 'vitest';
import { cursorByKey, type ReadPlace } from '../../../../sdk/src/charts/cursor/cursor-by-key.ts';
import { joinCursorGroup, moveCursorGroup } from '../../../../sdk/src/charts/cursor/cursor-group.ts';
import { tipPlace } from '../../../../sdk/src/charts/cursor/tip-place.ts';

const parts = [[0, 1, 2], [0, 2], []];
const by = { count: 3, rightToLeft: false, partsOf: (index: number) => parts[index] ?? [] };
const led = (keys: string[], from: ReadPlace = { index: 0, part: null }, read = by) =>
  keys.reduce((place, key) => cursorByKey(key, place, read) ?? place, from);

describe('the cursor of a chart', () => {
  it('F10: goes from bar to bar as reading does, and no further than the ends', () => {
    expect(led(['ArrowRight']).index).toBe(1);
    expect(led(['ArrowRight', 'ArrowRight', 'ArrowRight']).index).toBe(2);
    expect(led(['ArrowLeft']).index).toBe(0);
    expect(led(['End', 'ArrowLeft']).index).toBe(1);
    expect(led(['End', 'Home']).index).toBe(0);
    const rightToLeft = { ...by, rightToLeft: true };
    expect(led(['ArrowLeft'], undefined, rightToLeft).index).toBe(1);
    expect(led(['ArrowLeft', 'ArrowRight'], undefined, rightToLeft).index).toBe(0);
  });

  it('F11: goes up and down among the parts of a bar, through the whole bar', () => {
    expect(led(['ArrowUp']).part).toBe(0);
    expect(led(['ArrowUp', 'ArrowUp', 'ArrowUp']).part).toBe(2);
    expect(led(['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp']).part).toBeNull();
    expect(led(['ArrowDown']).part).toBe(2);
    expect(led(['ArrowDown', 'ArrowUp']).part).toBeNull();
    expect(led(['ArrowUp'], { index: 2, part: null }).part).toBeNull();
  });

  it('F11: keeps the part in the next bar, unless that has none of it', () => {
    expect(led(['ArrowRight'], { index: 0, part: 2 })).toEqual({ index: 1, part: 2 });
    expect(led(['ArrowRight'], { index: 0, part: 1 })).toEqual({ index: 1, part: null });
  });

  it('F10: leaves the keys alone that are none of its own', () => {
    expect(cursorByKey('Tab', { index: 0, part: null }, by)).toBeUndefined();
    const withoutParts = { count: 3, rightToLeft: false };
    expect(cursorByKey('ArrowUp', { index: 0, part: null }, withoutParts)).toBeUndefined();
  });

  it('D2: moves those of the other charts of its group, until they leave it', () => {
    const [own, other, elsewhere] = [vi.fn(), vi.fn(), vi.fn()];
    const leave = [joinCursorGroup('a', own), joinCursorGroup('a', other), joinCursorGroup('b', elsewhere)];
    moveCursorGroup('a', own, 4);
    expect(other).toHaveBeenCalledExactlyOnceWith(4);
    for (const each of leave) each();
    moveCursorGroup('a', own, 5);
    expect([own, other, elsewhere].map(({ mock }) => mock.calls.length)).toEqual([0, 1, 0]);
  });
});

describe('the words at a cursor', () => {
  const chart = { width: 320, height: 200 };
  const tip = { width: 120, height: 60 };

  it('A9: stand after it, before it where there is no room, and never out of the chart', () => {
    expect(tipPlace({ x: 20, y: 8, tip, chart, rightToLeft: false })).toEqual({ left: 32, top: 8 });
    expect(tipPlace({ x: 300, y: 8, tip, chart, rightToLeft: false })).toEqual({ left: 168, top: 8 });
    expect(tipPlace({ x: 300, y: 8, tip, chart, rightToLeft: true })).toEqual({ left: 168, top: 8 });
    expect(tipPlace({ x: 20, y: 190, tip, chart, rightToLeft: true })).toEqual({ left: 32, top: 140 });
    const wide = { width: 400, height: 300 };
    for (const rightToLeft of [false, true])
      expect(tipPlace({ x: 160, y: 50, tip: wide, chart, rightToLeft })).toEqual({ left: 0, top: 0 });
  });
});
