export { BillingBanner, type BillingBannerProps } from './billing-banner.tsx';
export { BillingBannerView, type BillingBannerViewProps } from './billing-banner-view.tsx';
