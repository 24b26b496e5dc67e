import type { EventEmitter } from 'node:events';

/** Emits an event as Electron does, with `preventDefault`; returns whether it was prevented. */
export function emitCancelable(emitter: EventEmitter, name: string, ...rest: unknown[]): boolean {
  const event = {
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  emitter.emit(name, event, ...rest);
  return event.defaultPrevented;
}
