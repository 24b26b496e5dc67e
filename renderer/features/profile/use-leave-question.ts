import { onScopeDispose } from 'vue';
import { useLeaveStore } from '../../account/leave.store.ts';
import { useQuestion } from '../../lib/use-question.ts';
import { useProfileStore } from './profile.store.ts';

/** The question before changes to the profile are lost (W2). */
export function useLeaveQuestion() {
  const profile = useProfileStore();
  const { isAsking, ask, answer } = useQuestion();

  // Closing or reloading the window: the shell asks in its own words (HTML, 7.4.2.1).
  function askBeforeUnload(event: BeforeUnloadEvent): void {
    if (profile.isDirty) event.preventDefault();
  }

  onScopeDispose(useLeaveStore().guardPage(() => (profile.isDirty ? ask() : Promise.resolve(true))));
  addEventListener('beforeunload', askBeforeUnload);
  onScopeDispose(() => {
    removeEventListener('beforeunload', askBeforeUnload);
    answer(false);
  });

  return { isAsking, answer };
}
