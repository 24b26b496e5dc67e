import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Log } from '../../services/ports.ts';

/** Who tells of a locked screen on the session bus: GNOME, KDE, Cinnamon, MATE, Xfce. */
const tellers = ['org.gnome', 'org.freedesktop', 'org.cinnamon', 'org.mate', 'org.xfce'];
const rules = tellers.map((name) => `type='signal',interface='${name}.ScreenSaver',member='ActiveChanged'`);

/**
 * Standard input is held by us: when it closes, however this process ends, the shell ends the monitor. The other way
 * round the monitor's end is told by its exit code, at once.
 */
const untilInputEnds = 'exec 3<&0; "$@" & pid=$!; { cat <&3; kill $pid; } >/dev/null 2>&1 & wait $pid';

/**
 * Electron hears of no locked screen on Linux. `dbus-monitor`, a program of D-Bus itself, prints the signals that the
 * rules name and nothing else of the bus. Where it is missing, or there is no bus, nothing is heard. Returns what ends
 * it.
 */
export function watchLinuxScreenLock(
  onLock: () => void,
  { log, env = process.env }: { readonly log: Log; readonly env?: NodeJS.ProcessEnv },
): () => void {
  let isWanted = true;
  const child = spawn('sh', ['-c', untilInputEnds, 'sh', 'dbus-monitor', '--session', ...rules], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const noteEnd = (cause: string): void => {
    if (isWanted) log.warn('no locked screen is heard of', { cause });
    isWanted = false;
  };
  child.on('error', (error) => noteEnd(error.message));
  child.on('exit', (code, signal) => {
    noteEnd(`it ended: ${String(code ?? signal)}`);
    child.stdin.end();
  });
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout });
  // The bus itself greets who listens from now on.
  lines.once('line', () => log.info('a locked screen is heard of'));
  lines.on(
    'line',
    createReader(() => isWanted && onLock()),
  );
  return () => {
    isWanted = false;
    child.stdin.end();
  };
}

/** The value of a signal stands in the line below it. */
function createReader(onActive: () => void): (line: string) => void {
  let isOfSignal = false;
  return (line) => {
    if (isOfSignal && line.trim() === 'boolean true') onActive();
    isOfSignal = line.startsWith('signal ') && line.endsWith('member=ActiveChanged');
  };
}
