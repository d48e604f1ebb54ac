import { msPerDay } from '../contract/values/durations.ts';

/** The sandbox's means of payment, and what becomes of a charge to each. */
export const sandboxCards = {
  succeeds: {
    id: 'sandbox_succeeds',
    kind: 'card',
    brand: 'Visa',
    lastFour: '4242',
    words: 'Every charge succeeds',
  },
  declines: {
    id: 'sandbox_declines',
    kind: 'card',
    brand: 'Visa',
    lastFour: '0002',
    words: 'Every charge is declined',
  },
  needs_action: {
    id: 'sandbox_needs_action',
    kind: 'card',
    brand: 'Visa',
    lastFour: '3155',
    words: 'Each charge has to be confirmed',
  },
  succeeds_on_third: {
    id: 'sandbox_succeeds_on_third',
    kind: 'card',
    brand: 'Mastercard',
    lastFour: '0341',
    words: 'The first two charges of a debt are declined, the third succeeds',
  },
  settles_later: {
    id: 'sandbox_settles_later',
    kind: 'bank_account',
    brand: 'Sandbox Bank',
    lastFour: '6789',
    words: 'A bank debit that is paid three days later',
  },
  comes_back: {
    id: 'sandbox_comes_back',
    kind: 'bank_account',
    brand: 'Sandbox Bank',
    lastFour: '1116',
    words: 'A bank debit that comes back unpaid three days later',
  },
} as const;

/** How long a bank debit of the sandbox takes, in milliseconds: three days. */
export const sandboxSettlingMs = 3 * msPerDay;

/** Every card that the sandbox takes, by how it behaves. */
export type SandboxCard = keyof typeof sandboxCards;

export function isSandboxCard(card: unknown): card is SandboxCard {
  return typeof card === 'string' && Object.hasOwn(sandboxCards, card);
}
