import { untilAborted } from './core/until-aborted.ts';
import type { FilePicker, OriginQuestion, Ports } from './ports.ts';

/**
 * The ports that ask the person something, for one run: what a dialog says once the run is over (X11) counts for
 * nothing, whether or not the system can take the dialog away. The signal's reason is what the callers get.
 */
export function dialogsUntil(signal: AbortSignal, ports: Ports): Ports {
  return {
    ...ports,
    filePicker: filePickerUntil(signal, ports.filePicker),
    originQuestion: originQuestionUntil(signal, ports.originQuestion),
  };
}

function filePickerUntil(signal: AbortSignal, picker: FilePicker): FilePicker {
  return {
    // The port itself drops the answer: what it has begun to write is not let go of here.
    save: (file, own) => picker.save(file, own ? AbortSignal.any([signal, own]) : signal),
    ...(picker.choose && { choose: (what) => untilAborted(picker.choose?.(what) ?? Promise.resolve(null), signal) }),
  };
}

function originQuestionUntil(signal: AbortSignal, question: OriginQuestion): OriginQuestion {
  return { ask: (origin) => untilAborted(question.ask(origin, signal), signal).catch(() => false) };
}
