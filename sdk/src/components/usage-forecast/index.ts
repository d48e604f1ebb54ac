export { UsageForecast, type UsageForecastProps } from './usage-forecast.tsx';
export { UsageForecastView, type UsageForecastViewProps } from './usage-forecast-view.tsx';
