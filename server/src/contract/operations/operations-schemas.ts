import * as z from 'zod';
import { instant, pageOf, pageQuery } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type {
  AuditActor,
  AuditEntry,
  DoctorFinding,
  DoctorReport,
  Drift,
  PaymentDifference,
  PaymentReconciliation,
  PaymentSpan,
  ReconciledAccount,
  ReconciliationQuery,
} from './operations.ts';

export const drift = tied<Drift>()(
  z.strictObject({ subject: z.string(), expected: z.string(), found: z.string() }),
);
export const reconciledAccount = tied<ReconciledAccount>()(
  z.strictObject({
    accountId: z.string(),
    drifts: z.array(drift),
    unreadable: z.string().nullable(),
  }),
);
export const reconciledPage = pageOf(reconciledAccount);

export const reconciliationQuery = tied<ReconciliationQuery>()(
  z.strictObject({ ...pageQuery.shape, usesFrom: instant.exactOptional() }),
);

export const paymentSpan = tied<PaymentSpan>()(z.strictObject({ from: instant, to: instant }));
const paymentDifference = tied<PaymentDifference>()(
  z.strictObject({
    accountId: z.string(),
    chargeId: z.string(),
    subject: z.enum(['charge', 'status', 'amount', 'currency', 'refunded', 'payments']),
    here: z.string(),
    atProvider: z.string(),
  }),
);
export const paymentReconciliation = tied<PaymentReconciliation>()(
  z.strictObject({
    isKept: z.boolean(),
    charges: z.int(),
    underWay: z.int(),
    differences: z.array(paymentDifference),
  }),
);

const auditActor = tied<AuditActor>()(
  z.strictObject({
    kind: z.enum(['secret_key', 'member', 'extension', 'command_line', 'configuration']),
    keyId: z.string().nullable(),
    name: z.string(),
  }),
);
export const auditEntry = tied<AuditEntry>()(
  z.strictObject({
    id: z.string(),
    at: instant,
    actor: auditActor,
    action: z.string(),
    accountId: z.string().nullable(),
    details: z.record(z.string(), z.string()),
    requestId: z.string().nullable(),
    address: z.string().nullable(),
    outcome: z.enum(['begun', 'done', 'refused']),
  }),
);
export const auditPage = pageOf(auditEntry);

const finding = tied<DoctorFinding>()(
  z.strictObject({
    check: z.enum([
      'retention',
      'set_aside',
      'rows',
      'due',
      'clock',
      'catalog',
      'audit',
      'formats',
      'durability',
      'permissions',
      'journal',
      'connections',
      'accounts',
    ]),
    level: z.enum(['ok', 'warning', 'error']),
    detail: z.string(),
  }),
);
export const doctorReport = tied<DoctorReport>()(
  z.strictObject({ checkedAt: instant, version: z.string(), findings: z.array(finding) }),
);
