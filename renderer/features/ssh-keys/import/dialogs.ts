export { default as ConfirmDialog } from '../../../patterns/ConfirmDialog.vue';
export { default as OriginQuestion } from './OriginQuestion.vue';
export { default as PasteDialog } from './sources/PasteDialog.vue';
