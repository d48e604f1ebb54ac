export { Gate, type GateProps } from './gate.tsx';
