import type { Decision, DecisionContext } from '../decision.ts';
import { joinFacts, noFacts } from '../facts.ts';
import { collectDue } from './collect.ts';
import { issueInvoices } from './issue.ts';

/**
 * Adds to a decision the invoices of what it made due at once, and the charges that fall due with it. They are part of its own
 * commit, so an invoice and its number stand or fall with what it is for.
 */
export function withInvoices<Outcome>(
  { catalog, nowMs }: Pick<DecisionContext, 'catalog' | 'nowMs'>,
  decision: Decision<Outcome>,
): Decision<Outcome> {
  const closes = decision.state.subscription.period;
  const issued = issueInvoices(decision.state, catalog, { atMs: nowMs, due: 'now', closes });
  const collected = collectDue(issued.state, catalog, nowMs);
  if (collected.state === decision.state) return decision;
  const added = {
    ...noFacts,
    invoices: issued.invoices,
    charges: collected.charges,
    activity: [...issued.activity, ...collected.activity],
  };
  return { ...decision, state: collected.state, facts: joinFacts(decision.facts, added) };
}
