export { OwnKeys, type OwnKeysProps } from './own-keys.tsx';
export { type KeyFeature, OwnKeysView, type OwnKeysViewProps } from './own-keys-view.tsx';
