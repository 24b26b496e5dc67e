export interface PausableTimer {
  pause(): void;
  /** Goes on with what was left. */
  resume(): void;
  stop(): void;
}

/** Acts once, after `milliseconds` in which it was not paused. */
export function startPausableTimer(milliseconds: number, act: () => void): PausableTimer {
  let left = milliseconds;
  let startedAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stop(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  function resume(): void {
    if (timer !== undefined) return;
    startedAt = Date.now();
    timer = setTimeout(act, left);
  }

  resume();
  return {
    resume,
    stop,
    pause() {
      if (timer === undefined) return;
      stop();
      left -= Date.now() - startedAt;
    },
  };
}
