export { CreditBalance, type CreditBalanceProps } from './credit-balance.tsx';
export {
  type CreditBalanceActions,
  CreditBalanceView,
  type CreditBalanceViewProps,
} from './credit-balance-view.tsx';
export { GrantBar, type GrantBarProps } from './grant-bar.tsx';
export { LedgerList, type LedgerListProps } from './ledger-list.tsx';
export { SpentByMember, type SpentByMemberProps } from './spent-by-member.tsx';
