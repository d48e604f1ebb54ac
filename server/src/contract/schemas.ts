/** The zod schemas of the contract, one module a noun like the types beside them. */
export * as accessSchemas from './schemas/access.ts';
export * as accountSchemas from './schemas/account.ts';
export * as catalogSchemas from './schemas/catalog.ts';
export * as clockSchemas from './schemas/clocks.ts';
export * as creditSchemas from './schemas/credits.ts';
export * as eventSchemas from './schemas/events.ts';
export * as gateSchemas from './schemas/gate.ts';
export * as holdSchemas from './schemas/holds.ts';
export * as metaSchemas from './schemas/meta.ts';
export * as primitiveSchemas from './schemas/primitives.ts';
export * as problemSchemas from './schemas/problem.ts';
export * as streamSchemas from './schemas/stream.ts';
export * as subscriptionSchemas from './schemas/subscription.ts';
export * as summarySchemas from './schemas/summary.ts';
export * as taskSchemas from './schemas/tasks.ts';
export * as usageSchemas from './schemas/usage.ts';
