'use client';
import { usePartClass } from '../widget/as-widget.tsx';
export interface ShareBarProps {
  /** 0 to 100. */
  percent: number;
}

/** A thin line as long as a share, next to the share's figure. Renders an `svg` that assistive technology ignores. */
export function ShareBar({ percent }: ShareBarProps) {
  const partClass = usePartClass();
  return (
    <svg className={partClass('share')} width="100%" height="4" aria-hidden="true">
      <rect
        className="uk-share-fill"
        width={`${Math.min(100, Math.max(0, percent))}%`}
        height="100%"
        rx="2"
      />
    </svg>
  );
}
