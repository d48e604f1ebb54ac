'use client';
import type { ComponentProps, ComponentType } from 'react';
import { LevelWord } from '../../meter/level-word.tsx';
import { MeterAbout } from '../../meter/meter-about.tsx';
import { Beyond } from '../../parts/bars/beyond.tsx';
import { BudgetLegend } from '../../parts/bars/budget-legend.tsx';
import { CategorySection } from './category-section.tsx';
import { CreditsLine } from './credits-line.tsx';
import { EmptyPanel } from './empty-panel.tsx';
import { MetersSentence } from './meters-sentence.tsx';
import { MoneySwitch } from './money-switch.tsx';
import { MyUsage } from './my-usage.tsx';
import { PauseNotice } from './pause-notice.tsx';
import { TimeLimits } from './time-limits.tsx';

/** What only some accounts have, or at some times: a limit that is near, what counts, no budget, a balance, categories, limits by time, allocations, money to show, something held or over, a pause, or nothing at all. */
export const panelExtras = {
  Paused: PauseNotice,
  Level: LevelWord,
  Beyond,
  About: MeterAbout,
  Legend: BudgetLegend,
  MoneySwitch,
  Meters: MetersSentence,
  Balance: CreditsLine,
  Categories: CategorySection,
  TimeLimits,
  MyUsage,
  Empty: EmptyPanel,
};

/** The same parts by name, here already or loaded later. */
export type PanelExtras = {
  [Name in keyof typeof panelExtras]: ComponentType<ComponentProps<(typeof panelExtras)[Name]> & object>;
};
