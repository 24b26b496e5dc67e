export { default as CloseDialog } from './list/CloseDialog.vue';
export { default as SessionDetails } from './list/SessionDetails.vue';
export { default as SignOutDialog } from './SignOutDialog.vue';
