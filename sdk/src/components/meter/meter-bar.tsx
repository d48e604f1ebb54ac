import { Bar, type BarProps } from '../parts/bars/bar.tsx';

export interface MeterBarProps extends BarProps {
  /** The measured thing. */
  label: string;
  /** The whole sentence that assistive technology reads in place of a bare number. */
  valueText: string;
}

/**
 * How much of something bounded is used. Renders a `div` with the role `meter`; its value is the percentage that the
 * bar is drawn from, and beyond 100% its maximum grows with it, so that overage is heard as well as seen. Reads nothing.
 */
export function MeterBar({ label, valueText, ...bar }: MeterBarProps) {
  // A share of nothing is no number, and none may be read out.
  const value = Math.max(0, bar.percent || 0);
  return (
    // The element `meter` cannot be drawn with a held part, a hatched overage or marks.
    // biome-ignore lint/a11y/useSemanticElements: see above
    <div
      className="uk-meter-bar"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(100, value)}
      aria-valuenow={value}
      aria-valuetext={valueText}
      data-level={bar.level}
    >
      <Bar {...bar} />
    </div>
  );
}
