import { loadAllLater } from '../../ui/late/load-later.ts';

/** What is asked of a key, and what shows a new one. */
export const { ConfirmDialog, KeepQuestion, MadeKeyDialog, NewKeyDialog, OwnEndDialog } = loadAllLater(
  () => import('./dialogs.ts'),
  'ConfirmDialog',
  'KeepQuestion',
  'MadeKeyDialog',
  'NewKeyDialog',
  'OwnEndDialog',
);
