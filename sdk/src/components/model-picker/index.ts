export { ModelCost, type ModelCostProps } from '../model-cost/model-cost.tsx';
export { ModelPicker, type ModelPickerProps } from './model-picker.tsx';
export { ModelPickerView, type ModelPickerViewProps } from './model-picker-view.tsx';
