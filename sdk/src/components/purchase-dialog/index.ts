export { PurchaseDialog, type PurchaseDialogProps } from './purchase-dialog.tsx';
export {
  PurchaseContent,
  PurchaseDialogView,
  type PurchaseDialogViewProps,
} from './purchase-dialog-view.tsx';
export type { PurchaseOffer } from './purchase-offer.ts';
