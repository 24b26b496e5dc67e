import { awaitService, keyringEnvironment, startOf } from './gnome-keyring.ts';
import { spawnWatched } from './spawned.ts';

/** A desktop session with a real gnome-keyring, as it lasts from sign-in to sign-out while apps come and go. */
export interface KeyringSession extends AsyncDisposable {
  /** For the programs that run in it. */
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * `home` holds the keyring's files; `locked`: nobody gives its password. It ends with this process, however that ends:
 * its standard input closes.
 */
export async function startKeyringSession(home: string, state: 'open' | 'locked' = 'open'): Promise<KeyringSession> {
  const environment = keyringEnvironment(home);
  const command = `${startOf[state]} >/dev/null 2>&1; ${awaitService}; echo "bus $DBUS_SESSION_BUS_ADDRESS"; cat`;
  const session = spawnWatched('dbus-run-session', ['--', 'sh', '-c', command], environment);
  const [, address] = await session.waitFor(/bus (\S+)/);
  return {
    environment: { ...environment, DBUS_SESSION_BUS_ADDRESS: address },
    async [Symbol.asyncDispose]() {
      session.process.stdin?.end();
      await session.ended;
    },
  };
}
