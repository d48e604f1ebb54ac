export { BillingPage, type BillingPageProps } from './billing-page.tsx';
export {
  BillingPageView,
  type BillingPageViewProps,
  type BillingSection,
} from './billing-page-view.tsx';
