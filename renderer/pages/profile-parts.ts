export { default as DeletionSection } from '../features/deletion/DeletionSection.vue';
export { default as MoreSection } from '../features/profile/more/MoreSection.vue';
export { default as NotificationsSection } from '../features/profile/notifications/NotificationsSection.vue';
export { default as PendingEmail } from '../features/profile/pending-email/PendingEmail.vue';
export { default as WorkplaceSection } from '../features/profile/WorkplaceSection.vue';
