import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { Policies } from '../presets/preset.ts';
import { hashToken } from '../security/tokens.ts';
import { keyOf } from '../accounts/identifier-key.ts';

/** What an identifier is counted under. People type passwords into the wrong field, so it is not kept itself. */
export function subjectOf(identifier: string): string {
  return hashToken(keyOf(identifier));
}

/** What failures are counted under. */
export interface Subject {
  readonly key: string;
  /** So many failures lock it. */
  readonly tries: number;
}

/**
 * From one address a person has as many tries as the policy says; from all addresses together this many times as many.
 * So one stranger locks out only those at their own address, and many of them still cannot guess on.
 */
const allAddresses = 4;

/** How the failures of a sign-in are counted. */
interface SignInCount {
  /** Whose count it is. */
  readonly subject: string;
  /** Only these may be disclosed to somebody who has not signed in. */
  readonly disclosed: readonly Subject[];
  readonly silent: readonly Subject[];
}

/**
 * From a device that nobody knows. `disclosed` are of the identifier as it was typed, known or not; `silent` of the
 * account, so that its e-mail and its username give no second set of tries.
 */
export function countOfStrangers(subject: string, account: string, ipAddress: string, tries: number): SignInCount {
  const pair = (key: string): readonly Subject[] => [
    { key: `${key}|${hashToken(ipAddress)}`, tries },
    { key, tries: tries * allAddresses },
  ];
  return { subject, disclosed: pair(subject), silent: pair(account) };
}

/** From a device of an earlier sign-in, wherever it is now and whatever strangers did. */
export function countOfDevice(sessionId: string, tries: number): SignInCount {
  const subject = sessionSubject(sessionId, tries);
  return { subject: subject.key, disclosed: [subject], silent: [] };
}

const ofSession = 'session ';

/** Failures of a session count for it alone: strangers do not keep its person from proving who they are. */
export function sessionSubject(sessionId: string, tries: number): Subject {
  return { key: `${ofSession}${sessionId}`, tries };
}

/**
 * Counts failed passwords, and what fails within a session, by subject.
 *
 * A try is judged when it is done: who asks for `secondsLeft` then refuses it, right or wrong, once as many others have
 * failed as the policy allows. So parallel tries cannot slip past the limit, and right ones do not lock anybody out.
 */
export type LockOutStore = ReturnType<typeof createLockOutStore>;

export function createLockOutStore(
  database: Database,
  clock: Clock,
  { tries: perSubject, seconds }: Policies['lockOut'],
) {
  const milliseconds = seconds * 1000;

  /** What counts now. */
  function read(key: string, now: number): { failures: number; last_failure_at: number } | undefined {
    return database.get(
      'SELECT failures, last_failure_at FROM sign_in_failures WHERE subject = :key AND last_failure_at > :forgotten',
      { key, forgotten: now - milliseconds },
    );
  }

  function secondsLeftOf({ key, tries }: Subject): number {
    const now = clock.now();
    const row = read(key, now);
    return row && row.failures >= tries
      ? Math.ceil((Math.min(row.last_failure_at, now) + milliseconds - now) / 1000)
      : 0;
  }

  /** What failed under these keys, from wherever, is forgotten. */
  function clear(...keys: readonly string[]): void {
    for (const key of keys) {
      database.run('DELETE FROM sign_in_failures WHERE subject = :key', { key });
      database.run('DELETE FROM sign_in_failures WHERE subject >= :from AND subject < :to', {
        from: `${key}|`,
        to: `${key}}`,
      });
    }
  }

  return {
    /** Tries of a subject by the policy. */
    tries: perSubject,

    /** 0 if a try may be made, or one that was made may count; else the seconds to wait. */
    secondsLeft: (...subjects: readonly Subject[]): number => Math.max(0, ...subjects.map(secondsLeftOf)),

    /** Failures that may follow before one of the subjects is locked, and for how many seconds it is then. */
    outlook: (...subjects: readonly Subject[]): { triesLeft: number; pauseSeconds: number } => {
      const now = clock.now();
      const left = subjects.map(({ key, tries }) => tries - (read(key, now)?.failures ?? 0));
      return { triesLeft: Math.max(0, Math.min(...left)), pauseSeconds: seconds };
    },

    /** A try was wrong. What is locked already is not locked for longer. */
    fail(...subjects: readonly Subject[]): void {
      const now = clock.now();
      database.transaction(() => {
        for (const { key, tries } of subjects) {
          database.run(
            `INSERT INTO sign_in_failures VALUES (:key, 1, :now)
             ON CONFLICT (subject) DO UPDATE SET
               failures = CASE WHEN last_failure_at > :forgotten THEN failures + 1 ELSE 1 END, last_failure_at = :now
             WHERE failures < :tries OR last_failure_at <= :forgotten`,
            { key, now, tries, forgotten: now - milliseconds },
          );
        }
      });
    },

    clear,

    /**
     * The sign-in counted under `subject` is complete: what failed before, from wherever, is forgotten. From a known
     * device only what failed there: its person's sign-ins must not give strangers new tries.
     */
    succeed(subject: string, accountId: string): void {
      clear(subject, ...(subject.startsWith(ofSession) ? [] : [accountId]));
    },
  };
}
