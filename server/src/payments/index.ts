export type {
  ChargeOrder,
  ChargeResult,
  PaymentProvider,
  PaymentReport,
  PortalOrder,
  ProviderCharge,
  ProviderPage,
  RefundOrder,
  RefundResult,
  SessionOrder,
} from './payment-provider.ts';
export { type SandboxCard, sandboxCards } from './sandbox-cards.ts';
export { createSandboxProvider, type SandboxOptions, sandboxSessionMs } from './sandbox-provider.ts';
