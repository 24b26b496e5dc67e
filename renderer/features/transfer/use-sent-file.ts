import { onScopeDispose, shallowReadonly, shallowRef } from 'vue';
import type { TransferProblem } from '../../../shared/contract/transfer.ts';
import { useHost } from '../../host/host.ts';
import { readBase64 } from '../../host/read-base64.ts';

type Answer<T> = { readonly problem: TransferProblem } | { readonly problem: null; readonly value: T };

/** Bytes: of the start of a file, which says what it is, and of what is sent at once. */
const headBytes = 4_096;
const chunkBytes = 1_048_576;

/** A file of the page as the services get it: its start, then all of it, piece by piece; and what is wrong with it. */
export function useSentFile() {
  const { transfer } = useHost().calls;
  const file = shallowRef<File>();
  const problem = shallowRef<TransferProblem>();
  const sent = shallowRef<{ readonly done: number; readonly total: number }>();
  let isOver = false;
  onScopeDispose(() => (isOver = true));

  /** Undefined where the file is the problem. */
  function valueOf<T>(answer: Answer<T>): T | undefined {
    if (answer.problem === null) return answer.value;
    problem.value = answer.problem;
    return undefined;
  }

  /** Undefined where it cannot be read any more. */
  async function read(from: number, to: number): Promise<string | undefined> {
    try {
      return await readBase64(file.value?.slice(from, to) ?? new Blob());
    } catch {
      problem.value = { kind: 'changed' };
      return undefined;
    }
  }

  async function start(): Promise<{ size: number; head: string } | undefined> {
    const head = await read(0, headBytes);
    return head === undefined ? undefined : { size: file.value?.size ?? 0, head };
  }

  /** Whether all of it was sent. */
  async function send(importId: string): Promise<boolean> {
    const total = file.value?.size ?? 0;
    try {
      for (let at = 0; at < total && !isOver; at += chunkBytes) {
        sent.value = { done: at, total };
        const content = await read(at, Math.min(at + chunkBytes, total));
        if (content === undefined || !valueOf(await transfer.feed({ importId, content }))) return false;
      }
      return !isOver;
    } finally {
      sent.value = undefined;
    }
  }

  return { file, problem, sent: shallowReadonly(sent), valueOf, start, send };
}
