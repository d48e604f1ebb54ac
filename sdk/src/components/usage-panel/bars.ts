/* What a small page, such as an extension's popup, draws of usage: nothing of the panel comes with it. */
export { LocaleProvider, type LocaleProviderProps } from '../../provider/locale-provider.tsx';
export { Meter, type MeterFigures, type MeterProps } from '../meter/meter.tsx';
export { BudgetBar, type BudgetBarProps } from '../parts/bars/budget-bar.tsx';
