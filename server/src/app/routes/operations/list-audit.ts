import type { AuditEntry } from '../../../contract/operations/operations.ts';
import { auditPage } from '../../../contract/operations/operations-schemas.ts';
import { pageQuery } from '../../../contract/values/primitive-schemas.ts';
import type { AuditRecord } from '../../../store/installation-records.ts';
import { formatInstant } from '../../http/instants.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { pageRequest, pageView } from '../../http/request/page-request.ts';
import { backendOnly, route } from '../../http/route.ts';

export const listAudit = route('GET /v1/audit', {
  words: 'Audit of manual changes to keys, the catalog and money, newest first',
  callers: backendOnly,
  query: pageQuery,
  answers: { 200: auditPage },
  async handle({ services, query }) {
    return jsonReply(pageView(await services.store.listAudit(pageRequest(query)), auditView));
  },
});

function auditView({
  id,
  atMs,
  actor,
  action,
  accountId,
  details,
  requestId,
  address,
  outcome,
}: AuditRecord): AuditEntry {
  return {
    id,
    at: formatInstant(atMs),
    actor: { kind: actor.kind, keyId: actor.keyId, name: actor.name },
    action,
    accountId,
    details: { ...details },
    requestId,
    address,
    outcome,
  };
}
