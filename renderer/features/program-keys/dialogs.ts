export { default as ConfirmDialog } from '../../patterns/ConfirmDialog.vue';
export { default as KeepQuestion } from './KeepQuestion.vue';
export { default as MadeKeyDialog } from './api-key/MadeKeyDialog.vue';
export { default as NewKeyDialog } from './NewKeyDialog.vue';
export { default as OwnEndDialog } from './OwnEndDialog.vue';
