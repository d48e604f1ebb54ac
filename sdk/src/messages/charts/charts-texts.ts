import type { chartMessages } from './chart.ts';
import type { chartExportMessages } from './chart-export.ts';
import type { runningTotalMessages } from './running-total.ts';

/** The texts of the room, by component. */
export interface ChartsTexts {
  chart: typeof chartMessages;
  chartExport: typeof chartExportMessages;
  runningTotal: typeof runningTotalMessages;
}
