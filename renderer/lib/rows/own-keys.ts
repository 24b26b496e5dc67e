/**
 * Wraps a handler of keys for a field in which a person types: while an input method composes (Chinese, Japanese,
 * Korean …), Enter and Escape are its own, for choosing and leaving a candidate (UI Events, `isComposing`; some say
 * "Process" instead).
 */
export function ownKeys(act: (event: KeyboardEvent) => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (!isForInputMethod(event)) act(event);
  };
}

/** For dialogs and panels: Escape then leaves a candidate, not what it stands in. */
export function leaveToInputMethod(event: KeyboardEvent): void {
  if (isForInputMethod(event)) event.preventDefault();
}

export function isForInputMethod({ isComposing, key }: KeyboardEvent): boolean {
  return isComposing || key === 'Process';
}
