import { asErrorShape } from '../lib/errors/error-shape.ts';
import { errorText } from '../lib/errors/error-text.ts';
import { useToasts } from '../ui/feedback/use-toasts.ts';

export interface UndoableAct {
  /** What was done. */
  readonly title: string;
  readonly takeBack: () => Promise<unknown>;
  /** What is told if it cannot be taken back: where it was done may be on no page by then. */
  readonly failed: string;
}

/** Tells of an act that the services can take back, with Undo. */
export function useUndoToast(): (act: UndoableAct) => void {
  const toasts = useToasts();
  return ({ title, takeBack, failed }) =>
    toasts.say({
      title,
      undo() {
        takeBack().catch((error: unknown) =>
          toasts.say({ title: failed, body: errorText(asErrorShape(error)), isFailure: true }),
        );
      },
    });
}
