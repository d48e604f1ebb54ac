export * from '../../../src/client/telemetry/index.ts';
