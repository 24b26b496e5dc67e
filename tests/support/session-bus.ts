import { execFileSync } from 'node:child_process';
import { missingPrograms } from './gnome-keyring.ts';
import { spawnWatched } from './spawned.ts';

/** The bus of a desktop session, of its own. */
export interface SessionBus extends AsyncDisposable {
  readonly address: string;
  /** As the screen saver of a desktop (`org.gnome`) tells whether it is there. */
  tell(desktop: string, isActive: boolean, member?: string): void;
}

/** What it needs here, and is missing. */
export const missingBusPrograms = (): string[] =>
  process.platform === 'linux' ? missingPrograms(['dbus-daemon', 'dbus-monitor', 'dbus-send']) : ['Linux'];

export async function startSessionBus(): Promise<SessionBus> {
  const bus = spawnWatched('dbus-daemon', ['--session', '--nofork', '--print-address']);
  const [address] = await bus.waitFor(/unix:\S+/);
  const env = { PATH: process.env['PATH'], DBUS_SESSION_BUS_ADDRESS: address };
  return {
    address,
    tell(desktop, isActive, member = 'ActiveChanged') {
      const signal = `${desktop}.ScreenSaver.${member}`;
      const args = ['--session', '--type=signal', '/ScreenSaver', signal, `boolean:${String(isActive)}`];
      execFileSync('dbus-send', args, { env });
    },
    [Symbol.asyncDispose]: () => bus[Symbol.asyncDispose](),
  };
}
