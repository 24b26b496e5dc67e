export { default as EnrolDialog } from './EnrolDialog.vue';
export { default as RecoveryCodesDialog } from './recovery-codes/RecoveryCodesDialog.vue';
export { default as RemoveDeviceDialog } from './RemoveDeviceDialog.vue';
export { default as RenewDialog } from './recovery-codes/RenewDialog.vue';
export { default as TurnOffDialog } from './TurnOffDialog.vue';
export { default as TypedSecretDialog } from './typed-secret/TypedSecretDialog.vue';
