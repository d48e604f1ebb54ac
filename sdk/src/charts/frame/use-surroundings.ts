'use client';
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import { isRightToLeft } from '../../format/is-right-to-left.ts';
import { knownSetting } from '../../format/known-setting.ts';
import { useUsageKit } from '../../provider/context.ts';
import { guessedWidth, measuredWidth } from '../axis/text-width.ts';

/** What a chart has to know of the page around it. */
export interface Surroundings {
  /** In pixels. */
  width: number;
  /** Whether text runs from the right around the chart, which itself is laid out from left to right. */
  rightToLeft: boolean;
  widthOf: (words: string) => number;
}

/** Of the small text of a chart, until it is measured. */
const guessedFontSize = 12;
const guess = (words: string) => guessedWidth(words, guessedFontSize);

/** Before anything is painted; a server has nothing to measure, and React 18 complains there of the effect by name. */
const useBeforePaint = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/**
 * Measures the place of a chart before it is painted, and again whenever its width changes. Until then, as on a server, a chart is
 * drawn at its first width, and from the side from which the provider's language runs.
 */
export function useSurroundings(root: RefObject<HTMLElement | null>, firstWidth: number): Surroundings {
  const { locale } = useUsageKit();
  const [known, setKnown] = useState<Surroundings>(() => ({
    width: firstWidth,
    rightToLeft: isRightToLeft(knownSetting('locale', locale) ?? 'en'),
    widthOf: guess,
  }));
  useBeforePaint(() => {
    const element = root.current;
    if (!element) return;
    const measure = () => {
      const width = Math.floor(element.getBoundingClientRect().width);
      const around = element.parentElement;
      const rightToLeft = around !== null && getComputedStyle(around).direction === 'rtl';
      setKnown((before) =>
        (width === 0 || width === before.width) && rightToLeft === before.rightToLeft
          ? before
          : { ...before, width: width || before.width, rightToLeft },
      );
    };
    const measureWords = () => {
      const widthOf = measuredWidth(element);
      if (widthOf) setKnown((before) => ({ ...before, widthOf }));
    };
    measure();
    measureWords();
    let isShown = true;
    // A font that is still on its way has other widths.
    void document.fonts?.ready.then(() => isShown && measureWords());
    const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(measure);
    observer?.observe(element);
    return () => {
      isShown = false;
      observer?.disconnect();
    };
  }, [root]);
  return known;
}
