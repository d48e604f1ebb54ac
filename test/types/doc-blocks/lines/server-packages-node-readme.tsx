// biome-ignore-all lint/correctness/noUnusedVariables: the test appends the code that uses them
// biome-ignore-all lint/correctness/noUnusedImports: the same
/** The names that code within a line of this README takes from its surroundings. */
import { createServer } from 'node:http';
import { type createUsageKitHandler, toHono, toNextRoute } from '@usagekit/node/handlers';
import {
  sendWebResponse,
  toExpress,
  toFastify,
  toNodeListener,
  toWebRequest,
} from '@usagekit/node/handlers/node';
import { createUsageSpanProcessor } from '@usagekit/node/telemetry';
import { type ClientOptions, createClient } from '@usagekit/react';

declare const app: {
  all(path: string, answer: (context: { req: { raw: Request } }) => Promise<Response>): void;
  use(path: string, handler: import('express').RequestHandler): void;
  register: import('fastify').FastifyInstance['register'];
};
declare const usage: ReturnType<typeof import('@usagekit/node').withFailurePolicy>;
declare const usageKit: import('@usagekit/node/handlers').UsageKitHandler;
const { ensureMember } = usageKit.client;
const { accountId, id, name, planId, role } = {
  accountId: 'acme',
  id: 'member-1',
  name: 'Acme',
  planId: 'pro',
  role: 'owner' as const,
};
const params = { accountId };
const items = [{ tool: 'search', calls: 1 }];
const log = console;
declare const request: Request & import('node:http').IncomingMessage;
declare const response: import('node:http').ServerResponse;
const gate = { response: new Response() };
declare function withOption(options: Partial<Parameters<typeof createUsageKitHandler>[0]>): void;
declare const use: import('@usagekit/server/contract').UseRequest;
declare const signal: AbortSignal;
