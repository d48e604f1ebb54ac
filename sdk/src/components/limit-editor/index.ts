export { LimitContent, type LimitDialogProps } from './limit-dialog.tsx';
export { LimitEditor, type LimitEditorProps, type LimitedMeter } from './limit-editor.tsx';
