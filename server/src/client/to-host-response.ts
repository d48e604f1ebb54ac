import type { Action, Refusal } from '../contract/gate/gate.ts';
import { refusals } from '../contract/http/errors.ts';
import type { Permission, Role } from '../contract/members/members.ts';
import type { Refused } from './refused.ts';

/** The end user for whom a host's backend made the call. */
export interface HostViewer {
  /** The role, which decides what of a refusal is told. */
  role: Role;
  /** Rights that were given in addition to the role. */
  permissions?: readonly Permission[];
}

/** All that a public visitor reads. */
export const neutralBody = {
  type: 'about:blank',
  title: 'Not available',
  status: 503,
  detail: 'This assistant is not available right now. Please try again later.',
} as const;

const managers: readonly Role[] = ['super_admin', 'owner', 'admin'];
/** Roles that the default table lets see amounts. */
const seesAmounts: readonly Role[] = [...managers, 'manager', 'member'];

const purchases: readonly Action['kind'][] = ['buy_credits', 'upgrade', 'update_payment', 'add_own_key'];

/**
 * The answer with which a host's backend passes a refusal on to its own end user, cut to what that user may see. Where
 * no viewer is named, or a visitor, it is a neutral 503 that says nothing of billing, in status, headers and body.
 *
 * - owner, admin, super admin, holders of `billing:manage`: everything
 * - manager and member: the figures, and whom to ask in place of what they cannot buy
 * - viewer: the reason in words, without figures
 */
export function toHostResponse(
  refused: Refused,
  { viewer }: { viewer?: HostViewer | 'visitor' } = {},
): Response {
  if (viewer === undefined || viewer === 'visitor') return problemJson(503, neutralBody, {});
  const refusal = cutRefusal(refused.refusal, viewer);
  const { title } = refusals[refusal.reason];
  const body = {
    type: `urn:usagekit:problem:${refusal.reason}`,
    title,
    status: refused.status,
    detail: refusal.message,
    code: refusal.reason,
    refusal,
  };
  const mayManage = canManage(viewer);
  const headers = Object.fromEntries(
    Object.entries(refused.headers).filter(([name]) => {
      if (name === 'Link') return mayManage;
      if (name === 'Retry-After') return true;
      return seesAmounts.includes(viewer.role);
    }),
  );
  return problemJson(refused.status, body, headers);
}

function canManage(viewer: HostViewer): boolean {
  return managers.includes(viewer.role) || (viewer.permissions?.includes('billing:manage') ?? false);
}

function cutRefusal(refusal: Refusal, viewer: HostViewer): Refusal {
  const actions = actionsFor(refusal.actions, viewer);
  if (canManage(viewer)) return { ...refusal, actions };
  const words = { reason: refusal.reason, message: refusals[refusal.reason].title, actions };
  const when = {
    ...(refusal.resetsAt === undefined ? {} : { resetsAt: refusal.resetsAt }),
    ...(refusal.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: refusal.retryAfterSeconds }),
  };
  if (!seesAmounts.includes(viewer.role)) return { ...words, ...when };
  return { ...refusal, actions };
}

/** A purchase that the viewer may not make is replaced by asking somebody who may. */
function actionsFor(actions: readonly Action[], viewer: HostViewer): Action[] {
  const mayManage = canManage(viewer);
  const kept = actions
    .filter((action) => mayManage || !purchases.includes(action.kind))
    .map((action) => ({
      ...action,
      allowed: mayManage || action.kind === 'wait' || action.kind === 'ask_admin',
    }));
  if (mayManage || kept.some((action) => action.kind === 'ask_admin') || actions.length === 0) return kept;
  return [...kept, { kind: 'ask_admin', label: 'Ask an owner', allowed: true }];
}

function problemJson(status: number, body: object, headers: Record<string, string>): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
}
