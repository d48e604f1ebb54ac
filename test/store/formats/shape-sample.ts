/** Types that the test of the shapes reads. */
interface Inner {
  readonly always: string;
  readonly perhaps?: number;
}

export interface Sample {
  readonly one: Inner | null;
  readonly many: readonly Inner[];
  readonly byName: Readonly<Record<string, Pick<Inner, 'always'>>>;
}
