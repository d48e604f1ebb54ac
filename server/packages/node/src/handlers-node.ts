export * from '../../../src/client/handlers/node.ts';
