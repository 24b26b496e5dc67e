import { onScopeDispose } from 'vue';
import { useLeaveStore } from '../../../account/leave.store.ts';
import { useQuestion } from '../../../lib/use-question.ts';
import { useUnloadQuestion } from '../../../lib/use-unload-question.ts';
import { useProfileStore } from '../profile.store.ts';

/** The question before changes to the profile are lost (W2). */
export function useLeaveQuestion() {
  const profile = useProfileStore();
  const { isAsking, ask, answer } = useQuestion();

  onScopeDispose(useLeaveStore().guardPage(() => (profile.isDirty ? ask() : Promise.resolve(true))));
  useUnloadQuestion(() => profile.isDirty);
  onScopeDispose(() => answer(false));

  return { isAsking, answer };
}
