/** A figure of the panel by its id: of a metric, of a window of time, or of a category. The budget has none. */
export interface PanelFigureId {
  of: 'budget' | 'category' | 'meter' | 'window' | 'myUsage';
  id: string;
}

/** What UsagePanel shows besides its figures: the one whose uses are open. */
export interface UsagePanelValue {
  figure: PanelFigureId | null;
}
