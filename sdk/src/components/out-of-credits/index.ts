export { OutOfCredits, type OutOfCreditsProps } from './out-of-credits.tsx';
