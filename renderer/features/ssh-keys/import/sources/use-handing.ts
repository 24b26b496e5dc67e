import { shallowReadonly, shallowRef } from 'vue';
import type { GivenFiles } from './given-files.ts';
import { packFiles, type PackedFile } from './pack-files.ts';

/** Hands files that the page has over to the services, part by part. */
export function useHanding() {
  /** How many files are handed over; undefined while none are. */
  const sending = shallowRef<{ readonly done: number; readonly total: number }>();
  /** Files of the last time that can be no keys, and were left out. */
  const tooLarge = shallowRef(0);
  /** Those that were too many. */
  const left = shallowRef(0);

  /** Returns after the last part, or when `stop` was called. Errors: those of `give`. */
  async function hand(given: GivenFiles, give: (part: PackedFile[]) => Promise<void>): Promise<void> {
    const packed = packFiles(given.files);
    sending.value = { done: 0, total: packed.files.length };
    try {
      for await (const part of packed.parts()) {
        if (!sending.value) return;
        await give(part);
        sending.value &&= { ...sending.value, done: sending.value.done + part.length };
      }
      tooLarge.value = packed.tooLarge;
      left.value = given.left;
    } finally {
      sending.value = undefined;
    }
  }

  function stop(): void {
    sending.value = undefined;
  }

  return { sending: shallowReadonly(sending), tooLarge, left, hand, stop };
}
