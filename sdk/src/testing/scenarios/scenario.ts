import type { AccountInput, CatalogConfig, Role } from '@usagekit/server/contract';
import type { MockAccount } from '../accounts/mock-account.ts';
import type { Span } from '../clock/mock-clock.ts';
import type { HostBackend } from '../engine/host-backend.ts';
import type { Fault } from '../faults/faults.ts';

/**
 * A state, as a script over the public API and the clock, so that it is one that the server can be in. It plans what happens and
 * when; scenarios are composed by calling one within another, or by naming several.
 *
 * @example
 * const lateOnFriday: Scenario = (plan) => {
 *   scenarios.healthy(plan);
 *   plan.at({ days: 1 }, ({ account }) => account.consume('emails', 3_000));
 *   plan.finally(({ account }) => account.spendDownTo(5));
 * };
 */
export type Scenario = (plan: ScenarioPlan) => void;

/** The tools of a scenario's steps. */
export interface ScenarioTools {
  /** The catalog that the server sells by. */
  readonly catalog: CatalogConfig;
  /** Does what a host does. */
  backend: HostBackend;
  /** The account that the scenario is about. */
  account: MockAccount;
  /** 0 up to 1, the same for the same seed. */
  random(): number;
  /** Lets time pass within the step, never beyond the mock's `now`. */
  wait(span: Span): Promise<void>;
  /** Gives the account a sandbox card, and lets the server charge unpaid amounts. */
  enterCard(card: string): Promise<void>;
}

export type ScenarioStep = (tools: ScenarioTools) => Promise<unknown> | undefined;

/** How long before the mock's `now`: days, or a span such as `{ hours: 3 }`. */
export type Before = number | Span;

/** Takes in what scenarios plan. */
export interface ScenarioPlan {
  /** The account's catalog, with the changes planned so far. */
  readonly catalog: CatalogConfig;
  /** The mock's time once everything has happened. */
  readonly now: Date;
  /** When the account was made; the earliest of several holds. Twelve days before by default. */
  begin(before: Before): void;
  /** The account's initial fields; later values win by field. */
  account(input: AccountInput): void;
  /** Names of its members, by role. */
  members(names: Partial<Record<Role, string>>): void;
  /** Changes the catalog before anything happens. */
  changeCatalog(change: (catalog: CatalogConfig) => CatalogConfig): void;
  /** Does something as soon as the account is made. */
  first(step: ScenarioStep): void;
  /** Does something so long before; steps of several scenarios happen in the order of time. */
  at(before: Before, step: ScenarioStep): void;
  /** Does something at `now`, after all that was planned before. */
  finally(step: ScenarioStep): void;
  /** A fault that stands from the first request on, and again after a reset. */
  fault(fault: Fault): void;
}
