export {
  createFormat,
  currencyOf,
  type Format,
  type FormatSettings,
  type ShortFigure,
} from './create-format.ts';
export { useFormat } from './use-format.ts';
