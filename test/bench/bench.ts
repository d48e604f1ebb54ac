/**
 * One measurement of speed, as a ratio of two figures taken in the same run, so that it means the same on a slow
 * machine as on a fast one. A file `<name>.bench.ts` in this folder exports one as `bench`.
 */
export interface Bench {
  /** Unique and kebab-case; what `--only` takes. */
  name: string;
  /** What is divided by what, in one sentence. */
  description: string;
  /** The ratio that is to be reached or passed. */
  target: number;
  /** Runs in a process of its own. */
  measure: () => Promise<Measurement>;
}

export interface Measurement {
  ratio: number;
  /** Figures worth seeing in addition to the ratio, such as the two rates that it was made of, by a name with its unit. */
  figures?: Record<string, number>;
}

/** What `npm run bench -- --json` says of a bench. */
export interface BenchResult {
  ratio: number;
  target: number;
  met: boolean;
}

/** Ratios are cut to three digits after the point before they are compared, so that what is printed is what was judged. */
export function judge({ target }: Pick<Bench, 'target'>, { ratio }: Measurement): BenchResult {
  const shown = Math.floor(ratio * 1000) / 1000;
  return { ratio: shown, target, met: shown >= target };
}
