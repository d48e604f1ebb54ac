export { AddOns, type AddOnsProps } from './add-ons.tsx';
export { AddOnsView, type AddOnsViewProps } from './add-ons-view.tsx';
