export { AlertContent, type AlertContentProps } from './alert-content.tsx';
export { AlertEditor, type AlertEditorProps, type AlertedMeter } from './alert-editor.tsx';
