/** The sandbox's cards, and what becomes of a charge to each. */
export const sandboxCards = {
  succeeds: { id: 'sandbox_succeeds', brand: 'Visa', lastFour: '4242', words: 'Every charge succeeds' },
  declines: { id: 'sandbox_declines', brand: 'Visa', lastFour: '0002', words: 'Every charge is declined' },
  needs_action: {
    id: 'sandbox_needs_action',
    brand: 'Visa',
    lastFour: '3155',
    words: 'Each charge has to be confirmed',
  },
} as const;

export type SandboxCard = keyof typeof sandboxCards;

export function isSandboxCard(card: unknown): card is SandboxCard {
  return typeof card === 'string' && Object.hasOwn(sandboxCards, card);
}
