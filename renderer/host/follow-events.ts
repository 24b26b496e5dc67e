import type { EventMessage } from '../../shared/rpc/transport.ts';
import { readLines } from './read-lines.ts';

export interface EventFollower {
  /** Asks for the stream; undefined if it is refused for good. */
  readonly open: () => Promise<Response | undefined>;
  readonly sleep: (ms: number) => Promise<void>;
  readonly onMessage: (message: EventMessage) => void;
  /** The stream is back; events may have been missed meanwhile. */
  readonly onResync: () => void;
  /** The stream is open, or cannot be opened now. */
  readonly onFirstAnswer: () => void;
  readonly onLost: () => void;
}

/** Waits before the next try to reach the shell again, milliseconds; the last one repeats. */
const waits = [0, 500, 1_000, 2_000, 4_000];

/** Reads events for as long as the page lives, and opens the stream again when it breaks. Resolves if it is refused. */
export async function followEvents(follower: EventFollower): Promise<void> {
  const { open, sleep, onResync, onFirstAnswer, onLost } = follower;
  let hasBeenOpen = false;
  let failures = 0;
  function noteOpen(): void {
    failures = 0;
    if (hasBeenOpen) onResync();
    hasBeenOpen = true;
    onFirstAnswer();
  }
  for (;;) {
    const wait = waits[Math.min(failures, waits.length - 1)];
    if (wait) await sleep(wait);
    failures += 1;
    const outcome = await readEvents(open, noteOpen, follower.onMessage).catch(() => 'ended' as const);
    onFirstAnswer();
    if (outcome === 'refused') return;
    // One lost stream may be a pause of this computer; only a second failure is told.
    if (failures > 1) onLost();
  }
}

async function readEvents(
  open: EventFollower['open'],
  onOpen: () => void,
  onMessage: EventFollower['onMessage'],
): Promise<'ended' | 'refused'> {
  const response = await open();
  if (!response) return 'refused';
  if (!response.ok || !response.body) return 'ended';
  onOpen();
  for await (const line of readLines(response.body)) {
    // An empty line is a heartbeat.
    if (line) onMessage(JSON.parse(line) as EventMessage);
  }
  return 'ended';
}
