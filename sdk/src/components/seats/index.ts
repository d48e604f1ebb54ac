export { Seats, type SeatsProps } from './seats.tsx';
export { SeatsView, type SeatsViewProps } from './seats-view.tsx';
