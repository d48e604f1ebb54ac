export * from '../../../src/client/handlers/index.ts';
