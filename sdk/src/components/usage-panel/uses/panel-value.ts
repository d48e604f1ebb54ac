/** A figure of the panel by its id: of a metric, of a window of time, or of a category. The budget has none. */
export interface PanelFigureId {
  /** What kind of figure. */
  of: 'budget' | 'category' | 'meter' | 'window' | 'myUsage';
  /** The metric, category or window, by its id. */
  id: string;
}

/** What UsagePanel shows besides its figures: the one whose uses are open. */
export interface UsagePanelValue {
  /** The figure whose uses are open; null where none is. */
  figure: PanelFigureId | null;
}
