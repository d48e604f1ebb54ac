import type { Address } from '../api.ts';
import { at } from './address-of.ts';

/**
 * The addresses that the SDK's client calls by methods of their own. `paths` has them too; they are apart from all others, since bundlers
 * keep together what one module has, and every page has a client.
 */

export const summary = (accountId: string) => at('/v1/accounts/:accountId/summary', accountId);
export const usage = (accountId: string) => at('/v1/accounts/:accountId/usage', accountId);
export const usageSeries = (accountId: string) => at('/v1/accounts/:accountId/usage/series', accountId);
export const credits = (accountId: string) => at('/v1/accounts/:accountId/credits', accountId);
export const ledger = (accountId: string) => at('/v1/accounts/:accountId/ledger', accountId);
export const subscription = (accountId: string) => at('/v1/accounts/:accountId/subscription', accountId);
export const stream = (accountId: string) => at('/v1/accounts/:accountId/stream', accountId);
export const whoami = '/v1/whoami' satisfies Address;
export const check = '/v1/check' satisfies Address;
export const tasks = '/v1/tasks' satisfies Address;
export const task = (taskId: string) => at('/v1/tasks/:taskId', taskId);
export const catalog = '/v1/catalog' satisfies Address;
export const models = '/v1/models' satisfies Address;
