import { defaultCatalog } from '@usagekit/react/testing';
import type { CatalogConfig, PlanConfig } from '@usagekit/server/contract';

const usd = (amount: string) => ({ amount, currency: 'USD' });

/** The additions to the mock's own plans, so that every widget has something to show. */
const more: Record<string, Partial<PlanConfig>> = {
  free: { seats: { seat: { included: 1 } }, capacities: { machines: '1', retention: '7' } },
  pro: {
    seats: { seat: { included: 3, max: 50, price: { month: usd('12'), year: usd('120') } } },
    dedicatedIps: { price: { month: usd('4'), year: usd('40') }, max: 10 },
    capacities: { machines: '5', retention: '90' },
    warnings: ['Emails beyond the allowance are charged by use.'],
  },
  enterprise: { capacities: { machines: '100', retention: '365' } },
};

/** The mock's own catalog with seats, add-ons, fixed addresses, a budget, and emails that may go on beyond their allowance. */
export const docsCatalog: CatalogConfig = {
  ...defaultCatalog,
  budget: { label: 'Credits this month' },
  seatTypes: [
    { id: 'seat', label: 'Seats', roles: ['super_admin', 'owner', 'admin', 'manager', 'member', 'viewer'] },
  ],
  capacities: [
    { id: 'machines', label: 'Agents at once', unit: { one: 'agent', other: 'agents' } },
    { id: 'retention', label: 'Traces are kept', unit: { one: 'day', other: 'days' } },
  ],
  addOns: [
    {
      id: 'email_pack',
      label: 'Email pack',
      description: '1,000 more emails in each cycle.',
      price: { month: usd('8'), year: usd('80') },
      allowance: { metric: 'emails', quantity: '1000' },
    },
    {
      id: 'contact_pack',
      label: 'Contact pack',
      description: '1,000 more contacts while it is held.',
      price: { month: usd('10'), year: usd('100') },
      allowance: { metric: 'contacts', quantity: '1000' },
    },
  ],
  plans: defaultCatalog.plans.map((plan) => ({
    ...plan,
    ...more[plan.id],
    limits: plan.limits.map((limit) =>
      plan.id === 'pro' && limit.metric === 'emails'
        ? {
            ...limit,
            policy: 'overage',
            beyond: 'invoice',
            overageRate: { amount: '0.02' },
            additionalUse: { default: 'off' },
          }
        : limit,
    ),
  })),
};
