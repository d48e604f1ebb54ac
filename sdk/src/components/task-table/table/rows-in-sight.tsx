'use client';
import { type ReactNode, type RefObject, useEffect, useState } from 'react';
import { rowWindow } from '../../../derive/tasks/row-window.ts';

export interface RowsInSightProps {
  rowCount: number;
  /** The scrolling element. */
  region: RefObject<HTMLElement | null>;
  /** The rows from one place to before another. */
  draw: (start: number, end: number) => ReactNode;
}

/** The height of a row at the usual font size; the real one is measured. */
const rowPxDefault = 52;
const viewportPxDefault = 560;

/**
 * The visible rows of a long list, between two rows that stand for the others. Renders `tr` elements. Reads the scroll position.
 */
export function RowsInSight({ rowCount, region, draw }: RowsInSightProps) {
  const [view, setView] = useState({ topPx: 0, heightPx: viewportPxDefault, rowPx: rowPxDefault });
  const { start, end, beforePx, afterPx } = rowWindow(rowCount, view.topPx, view.heightPx, view.rowPx);

  useEffect(() => {
    const scrolled = region.current;
    const measure = () => {
      const row = scrolled?.querySelector('.uk-task');
      if (!scrolled || !row) return;
      const { scrollTop: topPx, clientHeight } = scrolled;
      const next = {
        topPx,
        heightPx: clientHeight || viewportPxDefault,
        rowPx: row.getBoundingClientRect().height || rowPxDefault,
      };
      setView((last) => {
        const drawn = rowWindow(rowCount, last.topPx, last.heightPx, last.rowPx);
        const wanted = rowWindow(rowCount, next.topPx, next.heightPx, next.rowPx);
        // Most scroll events leave the same rows in sight; they cost no rendering.
        const same = drawn.start === wanted.start && drawn.end === wanted.end && last.rowPx === next.rowPx;
        return same ? last : next;
      });
    };
    measure();
    scrolled?.addEventListener('scroll', measure, { passive: true });
    return () => scrolled?.removeEventListener('scroll', measure);
  }, [region, rowCount]);

  return (
    <>
      {beforePx > 0 && <Spacer heightPx={beforePx} />}
      {draw(start, end)}
      {afterPx > 0 && <Spacer heightPx={afterPx} />}
    </>
  );
}

/** Stands for rows that are not drawn. Its height is an attribute, which a strict content policy lets through. */
function Spacer({ heightPx }: { heightPx: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row takes no focus
    <tr className="uk-spacer" aria-hidden="true">
      <td className="uk-spacer-cell" height={heightPx} />
    </tr>
  );
}
