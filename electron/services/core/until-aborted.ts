/**
 * What is waited for, unless the signal says first that nobody waits any more: then its reason is thrown at once, and
 * what comes later is dropped.
 */
export function untilAborted<T>(waiting: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return waiting;
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason as Error);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    void waiting.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
