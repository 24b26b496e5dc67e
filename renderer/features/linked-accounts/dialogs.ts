export { default as LinkDialog } from './LinkDialog.vue';
export { default as UnlinkDialog } from './UnlinkDialog.vue';
