import { AppError } from '../../../../shared/contract/errors.ts';
import { nativeText } from '../../core/native-text.ts';
import type { AccountRegistry } from '../../accounts/account-registry.ts';
import type { Clock, Log, Notifier } from '../../ports.ts';
import type { FoundChange } from './compare/compare-readings.ts';

export interface NewsDeps {
  readonly registry: Pick<AccountRegistry, 'all' | 'get'>;
  readonly notifier: Notifier;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether the person wishes to be told. */
  readonly isWished: () => boolean;
  /** Reads what can bring news of an account. Errors: AppError. */
  readonly read: (accountId: string) => Promise<unknown>;
}

export interface News {
  /** Tells of new sessions and keys among these. */
  tell(accountId: string, changes: readonly FoundChange[]): Promise<void>;
  stop(): void;
}

/** Milliseconds. */
const roundMs = 900_000;

const kinds = { sessions: 'session', sshKeys: 'key', apiKey: 'key', accessKeys: 'key' } as const;
type Kind = (typeof kinds)[keyof typeof kinds];

/** Tells of a session or key that came from elsewhere, by a notification of the desktop, where that is wished. */
export function watchNews({ registry, notifier, clock, log, isWished, read }: NewsDeps): News {
  const end = new AbortController();

  async function goRound(): Promise<void> {
    const { accounts } = await registry.all();
    for (const { id, isSignedOut } of accounts) {
      // One that cannot be asked now is asked in the next round.
      if (!isSignedOut) await read(id).catch(logFault);
    }
  }

  function logFault(error: unknown): void {
    if (!(error instanceof AppError)) log.error('the round for news failed', error);
  }

  async function run(): Promise<void> {
    for (;;) {
      await clock.sleep(roundMs, end.signal);
      if (isWished()) await goRound().catch(logFault);
    }
  }

  // Ends by the signal alone.
  run().catch(() => undefined);

  return {
    async tell(accountId, changes) {
      const news = changes.filter(isNews);
      if (news.length === 0 || !isWished()) return;
      const { providerName } = await registry.get(accountId);
      for (const kind of new Set(news.map(kindOf))) {
        const found = news.filter((each) => kindOf(each) === kind);
        const [first] = found;
        const title = nativeText(`news.${kind}`, { count: found.length, provider: providerName });
        const name = [first?.subject, first?.detail].filter(Boolean).join(' · ');
        await notifier.show({ title, body: nativeText('news.look', { name }) });
      }
    },
    stop: () => end.abort(),
  };
}

function isNews({ area, change, by }: FoundChange): boolean {
  return area in kinds && change === 'added' && by === 'elsewhere';
}

function kindOf({ area }: FoundChange): Kind {
  return kinds[area as keyof typeof kinds];
}
