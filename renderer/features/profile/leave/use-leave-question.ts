import { onScopeDispose } from 'vue';
import { useAppStore } from '../../../account/app.store.ts';
import { useLeaveStore } from '../../../account/leave.store.ts';
import { useEventListener } from '../../../lib/use-event-listener.ts';
import { useQuestion } from '../../../lib/use-question.ts';
import { useUnloadQuestion } from '../../../lib/use-unload-question.ts';
import { useProfileStore } from '../profile.store.ts';

/** The question before changes to the profile are left (W2), and the draft that is kept of them (X5). */
export function useLeaveQuestion() {
  const profile = useProfileStore();
  const app = useAppStore();
  const { isAsking, ask, answer } = useQuestion();

  onScopeDispose(
    useLeaveStore().guardPage((leaving) => {
      // Where nothing can be sent, and where one comes back at once, there is only the draft to be kept.
      const isDraft = leaving === 'lock' || profile.obstacle === 'offline';
      if (!profile.isDirty) return Promise.resolve(true);
      return isDraft ? profile.keep().then((isKept) => isKept || ask()) : ask();
    }),
  );
  // The draft is there at the next start. What was typed right before may not be kept yet.
  useUnloadQuestion(() => {
    if (!profile.isKept()) void profile.keep();
    return !profile.isKept() || (profile.isDirty && app.isThisRunOnly);
  });
  // Who leaves a field or the window may not come back to it.
  for (const event of ['focusout', 'blur', 'pagehide'] as const) useEventListener(event, () => void profile.keep());
  onScopeDispose(() => answer(false));

  return { isAsking, answer };
}
