import { paths } from '../paths.ts';
import { components as schema } from './components.ts';
import { get, members, type Operation, post, readers } from './operation.ts';

/** What an account has bought, and the ways to change it. */
export const subscriptionOperations: readonly Operation[] = [
  get(
    paths.subscription(':accountId'),
    readers,
    'The plan, what it includes with its use, and what comes next',
    { 200: schema.Subscription },
  ),
  post(
    paths.subscriptionPreview(':accountId'),
    members,
    'What a command on the subscription would do, in exact amounts and dates; changes nothing',
    { body: schema.SubscriptionCommand, 200: schema.SubscriptionChange },
  ),
  post(
    paths.subscriptionChange(':accountId'),
    members,
    'Changes plan or interval: to more at once, to less when the period ends',
    { body: schema.PlanChange, idempotent: 'required', 200: schema.SubscriptionChangeAnswer },
  ),
  post(paths.subscriptionCancel(':accountId'), members, 'Ends the subscription with what is paid or tried', {
    idempotent: 'required',
    200: schema.SubscriptionChangeAnswer,
  }),
  post(
    paths.subscriptionResume(':accountId'),
    members,
    'Takes back a cancellation or change that is scheduled',
    { idempotent: 'required', 200: schema.SubscriptionChangeAnswer },
  ),
];
