import { useAppStore } from '../account/app.store.ts';
import { useLeaveStore } from '../account/leave.store.ts';
import { errorText } from '../lib/errors/error-text.ts';
import { asErrorShape } from '../lib/errors/error-shape.ts';
import { useToasts } from '../ui/feedback/use-toasts.ts';

/**
 * Locks because the person asked for it: what would be lost by it is asked about first. Where nothing could unlock it,
 * says how.
 */
export function useLock(): () => Promise<void> {
  const app = useAppStore();
  const leave = useLeaveStore();
  const toasts = useToasts();
  return async () => {
    if (!app.canLock) return app.showProtection('panel');
    if (!(await leave.mayLeave('lock'))) return;
    await app.lock().catch((reason: unknown) => {
      toasts.say({ title: errorText(asErrorShape(reason)), isFailure: true });
    });
  };
}
