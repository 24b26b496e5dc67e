/** Milliseconds without any page: longer than a reload takes. */
const defaultGrace = 3_000;

export interface UseOfShell {
  /** Pages may have come or gone. */
  check(): void;
  /** Resolves when everybody has left. */
  readonly ended: Promise<void>;
}

/** Watches for the end of use: `isUsed` was false and is so still after the grace. Nothing ends before the first `check`. */
export function followUse(isUsed: () => boolean, grace = defaultGrace): UseOfShell {
  let resolve = () => {};
  const ended = new Promise<void>((end) => (resolve = end));
  let timer: NodeJS.Timeout | undefined;
  return {
    ended,
    check() {
      clearTimeout(timer);
      if (isUsed()) return;
      // It alone keeps no process alive.
      timer = setTimeout(() => {
        if (!isUsed()) resolve();
      }, grace).unref();
    },
  };
}
