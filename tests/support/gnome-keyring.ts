import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** The programs a real Secret Service needs here, and that are missing. */
export const missingKeyringPrograms = (): string[] =>
  missingPrograms(['dbus-run-session', 'dbus-send', 'gnome-keyring-daemon']);

/** Those that are not on this computer. */
export function missingPrograms(programs: readonly string[]): string[] {
  return programs.filter((program) => {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`]);
      return false;
    } catch {
      return true;
    }
  });
}

/**
 * empty: a Secret Service that has no place to keep anything. open: unlocked with its password.
 * locked: nobody gives the password, and no prompt can be shown. stopped: it answers to nothing (SIGSTOP).
 */
export type KeyringState = 'empty' | 'open' | 'locked' | 'stopped';

const unlocked = 'printf password | gnome-keyring-daemon --unlock --components=secrets';
const locked = 'gnome-keyring-daemon --start --components=secrets';
export const startOf: Record<KeyringState, string> = { empty: locked, open: unlocked, locked, stopped: unlocked };

/**
 * Waits, a minute at most, until somebody owns the Secret Service's name on this session's bus: D-Bus would start
 * another, locked one.
 */
export const awaitService = [
  'ask="dbus-send --session --dest=org.freedesktop.DBus --print-reply=literal / org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets"',
  'for n in $(seq 1200); do pid=$($ask 2>/dev/null) && break; sleep 0.05; done',
].join('; ');

/** Takes the service's breath, and its life at the end. */
const stopService = 'pid=${pid##* }; kill -STOP $pid; trap "kill -KILL $pid" EXIT';

/**
 * Runs a Node script in a session of its own, with a real gnome-keyring whose files are in `home`. Gives its standard
 * output.
 */
export function runWithKeyring(
  state: KeyringState,
  home: string,
  script: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<string> {
  const stop = state === 'stopped' ? `${stopService}; ` : '';
  const command = `${startOf[state]} >/dev/null 2>&1; ${awaitService}; ${stop}"$@"`;
  return run('dbus-run-session', ['--', 'sh', '-c', command, 'sh', process.execPath, script, ...args], {
    ...keyringEnvironment(home),
    ...environment,
  });
}

/** Runs a Node script with whatever listens at this D-Bus address as its session bus, or with none. */
export function runWithBus(
  address: string | undefined,
  home: string,
  script: string,
  args: readonly string[],
): Promise<string> {
  const bus = address === undefined ? {} : { DBUS_SESSION_BUS_ADDRESS: address };
  return run(process.execPath, [script, ...args], { ...keyringEnvironment(home), ...bus });
}

export function keyringEnvironment(home: string): NodeJS.ProcessEnv {
  const runtime = join(home, 'run');
  mkdirSync(runtime, { recursive: true, mode: 0o700 });
  return {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
  };
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { env, timeout: 500_000 }, (error, stdout, stderr) =>
      error ? reject(new Error(stderr, { cause: error })) : resolve(stdout),
    );
  });
}
