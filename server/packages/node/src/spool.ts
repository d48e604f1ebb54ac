export * from '../../../src/client/offline/file-spool.ts';
