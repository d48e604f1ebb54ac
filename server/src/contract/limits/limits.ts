/** What happens where an allowance is used up. `observe` counts and refuses nothing. */
export type LimitPolicy = 'hard' | 'soft' | 'overage' | 'unlimited' | 'observe';
