import { loadLater } from '../../ui/late/load-later.ts';

/** What every kind of key asks with, loaded when it is asked. */
export const NewKeyDialog = loadLater(() => import('./NewKeyDialog.vue'));
export const OwnEndDialog = loadLater(() => import('./OwnEndDialog.vue'));
export const KeepQuestion = loadLater(() => import('./KeepQuestion.vue'));
export const ConfirmDialog = loadLater(() => import('../../patterns/ConfirmDialog.vue'));
