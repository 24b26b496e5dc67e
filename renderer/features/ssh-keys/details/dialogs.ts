export { default as AgentDialog } from './AgentDialog.vue';
export { default as ConfirmDialog } from '../../../patterns/ConfirmDialog.vue';
export { default as ExportDialog } from './ExportDialog.vue';
