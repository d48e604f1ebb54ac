export {
  createUsageKitHandler,
  type Identity,
  type RouteGate,
  type UsageKitHandler,
  type UsageKitHandlerOptions,
} from './create-usagekit-handler.ts';
export { toHono, toNextRoute } from './web-frameworks.ts';
