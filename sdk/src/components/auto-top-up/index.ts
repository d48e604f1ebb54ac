export { AutoTopUp, type AutoTopUpProps } from './auto-top-up.tsx';
export { AutoTopUpForm, type AutoTopUpFormProps } from './auto-top-up-form.tsx';
export { AutoTopUpView, type AutoTopUpViewProps } from './auto-top-up-view.tsx';
