/** How a dialect says what both ask for. Values stand for `?`, which a dialect may number. */
export interface Dialect {
  /** Names the index to read, for a planner that knows nothing of the rows. */
  indexedBy(index: string): string;
  /** A condition on a column of true and false. */
  isTrue(column: string): string;
  /** Whether a list whose text differs from call to call has its size in the text, where the planner sees it. */
  readonly isLimitInText: boolean;
}
