export { spanEventId } from '../../contract/events/gen-ai.ts';
export { type AiSdkModel, meterModel } from './meter-model.ts';
export { meterAnthropic, meterOpenAi } from './meter-provider-sdk.ts';
export { type MeterOptions, ModelRefusedError } from './metered-call.ts';
export {
  createUsageSpanProcessor,
  type EndedSpan,
  type UsageSpanProcessor,
  type UsageSpanProcessorOptions,
} from './span-processor.ts';
