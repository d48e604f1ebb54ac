import type { meterMessages } from './meter.ts';
import type { meterAboutMessages } from './meter-about.ts';
import type { meterLevelMessages } from './meter-level.ts';
import type { meterTrendMessages } from './meter-trend.ts';
import type { usageForecastMessages } from './usage-forecast.ts';
import type { usagePanelMessages } from './usage-panel.ts';
import type { usagePanelExtrasMessages } from './usage-panel-extras.ts';
import type { usesMessages } from './uses.ts';

/** The texts of the room, by component. */
export interface UsageTexts {
  /** Texts of meters, those of their levels, their months and what counts in them included. */
  meter: typeof meterMessages &
    typeof meterLevelMessages &
    typeof meterTrendMessages &
    typeof meterAboutMessages;
  /** Texts of UsagePanel, those of what only some accounts have included. */
  usagePanel: typeof usagePanelMessages & typeof usagePanelExtrasMessages;
  usageForecast: typeof usageForecastMessages;
  uses: typeof usesMessages;
}
