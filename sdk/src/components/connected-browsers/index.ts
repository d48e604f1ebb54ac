export { ConnectedBrowsers, type ConnectedBrowsersProps } from './connected-browsers.tsx';
export { ConnectedBrowsersView, type ConnectedBrowsersViewProps } from './connected-browsers-view.tsx';
