import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { helperReplySchema, type HelperReply, type HelperRequest } from './keyring-messages.ts';

const helper = fileURLToPath(new URL('./keyring-helper.ts', import.meta.url));

/** Milliseconds for the key store to answer at all. */
const connectDeadline = 3_000;
/** Milliseconds for the person to answer what the key store asks them, e.g. its password. */
const personDeadline = 120_000;

export type KeyringAnswer = Exclude<HelperReply, { kind: 'connected' }>;

/**
 * Asks the operating system's key store in a helper process. Never throws and never hangs: silence is `absent` or
 * `refused`.
 */
export function askKeyring(request: HelperRequest): Promise<KeyringAnswer> {
  return new Promise((resolve) => {
    const child = fork(helper, {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const finish = (answer: KeyringAnswer): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve(answer);
    };
    let timer = setTimeout(() => finish({ kind: 'absent', cause: 'no answer in time' }), connectDeadline);
    child.on('message', (message) => {
      const reply = helperReplySchema.parse(message);
      if (reply.kind !== 'connected') return finish(reply);
      clearTimeout(timer);
      timer = setTimeout(() => finish({ kind: 'refused', cause: 'no answer in time' }), personDeadline);
    });
    child.on('error', (error) => finish({ kind: 'absent', cause: error.message }));
    child.on('exit', (code, signal) => finish({ kind: 'absent', cause: `helper ended: ${signal ?? String(code)}` }));
    child.send(request, (error) => error && finish({ kind: 'absent', cause: error.message }));
  });
}
