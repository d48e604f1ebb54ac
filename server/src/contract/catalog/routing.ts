import type { CreditUnit, DecimalString, Instant } from '../values/amount.ts';

/** Body of `POST /v1/route`: auto mode picks the cheapest model that fits. */
export interface RouteRequest {
  accountId: string;
  /** How hard the task is: 1 light, 2 usual, 3 hard. */
  complexity: 1 | 2 | 3;
  /** How large the request is expected to be; 1,000 tokens by default. */
  inputTokens?: number;
  /** 500 tokens by default. */
  outputTokens?: number;
}

/** The model that auto mode picked, and what it is expected to cost. */
export interface RouteAnswer {
  /** Null where the catalog keeps names back from this caller. */
  model: string | null;
  label: string;
  provider: string | null;
  tierLabel: string;
  /** Of a request as large as was stated. */
  cost: DecimalString;
  unit: CreditUnit;
  asOf: Instant;
}
