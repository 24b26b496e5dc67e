export { default as AddEmailDialog } from './AddEmailDialog.vue';
export { default as EmailQuestion } from './EmailQuestion.vue';
