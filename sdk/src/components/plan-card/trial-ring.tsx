export interface TrialRingProps {
  /** Whole days until the trial ends. */
  daysLeft: number;
  /** Share of the whole trial. */
  daysAll: number;
  /** The days that are left, as the locale writes them. */
  written: string;
  /** The ring's whole sentence. */
  label: string;
}

const circumference = 2 * Math.PI * 20;

/** The days of a trial that are left, as a ring around their number. Renders an `svg` with the role `img`. Reads nothing. */
export function TrialRing({ daysLeft, daysAll, written, label }: TrialRingProps) {
  const left = circumference * Math.min(1, Math.max(0, daysAll > 0 ? daysLeft / daysAll : 0));
  return (
    <svg className="uk-ring" viewBox="0 0 48 48" width="48" height="48" role="img" aria-label={label}>
      <circle className="uk-ring-track" cx="24" cy="24" r="20" />
      <circle
        className="uk-ring-left"
        cx="24"
        cy="24"
        r="20"
        transform="rotate(-90 24 24)"
        strokeDasharray={`${left} ${circumference}`}
      />
      <text className="uk-ring-text" x="24" y="24" textAnchor="middle" dominantBaseline="central">
        {written}
      </text>
    </svg>
  );
}
