export { ConnectBrowser, type ConnectBrowserProps } from './connect-browser.tsx';
export { ConnectBrowserView, type ConnectBrowserViewProps } from './connect-browser-view.tsx';
