export { AdditionalUse, type AdditionalUseProps } from './additional-use.tsx';
export { AdditionalUseView, type AdditionalUseViewProps } from './additional-use-view.tsx';
