import { spawn } from 'node:child_process';
import { passSignalsOn, root } from '../tools.ts';

export interface ElectronEnd {
  readonly ok: boolean;
  /** How Electron broke down before our code had started, e.g. `SIGTRAP`; undefined if it had, or ended in order. */
  readonly brokeDown: string | undefined;
}

/** Ways in which a person ends a program. */
const onPurpose: readonly (NodeJS.Signals | null)[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'];
/** Of a shell and of the dynamic loader: the program or one of its libraries is not there. */
const notFound = 127;

/**
 * Runs the app in Electron and waits for its end. The binary itself, not through the package's cli.js, which turns a
 * signal into a plain 1. electron/main/main.ts says over the channel when it has started.
 */
export function runElectron(binary: string, args: readonly string[]): Promise<ElectronEnd> {
  return new Promise((resolve) => {
    let hasStarted = false;
    // Set in some editors' terminals; with it Electron is a Node without windows.
    const environment = { ...process.env };
    delete environment['ELECTRON_RUN_AS_NODE'];
    const child = spawn(binary, [root, ...args], {
      cwd: root,
      env: environment,
      // Windows gives its windowed programs no such channel, and ends none by a signal.
      stdio: process.platform === 'win32' ? 'inherit' : ['inherit', 'inherit', 'inherit', 'ipc'],
    });
    const unbind = passSignalsOn(child);
    const finish = (end: ElectronEnd) => {
      unbind();
      resolve(end);
    };
    child.on('message', () => (hasStarted = true));
    child.on('error', (error) => finish({ ok: false, brokeDown: error.message }));
    child.on('close', (code, signal) => {
      const brokeDown = code === notFound ? 'a library or the program is missing' : nameOf(signal);
      finish({ ok: code === 0, brokeDown: hasStarted ? undefined : brokeDown });
    });
  });
}

function nameOf(signal: NodeJS.Signals | null): string | undefined {
  return signal === null || onPurpose.includes(signal) ? undefined : signal;
}
