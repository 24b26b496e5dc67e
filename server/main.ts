import { readArguments, usage, UsageError, type ServerArguments } from './arguments.ts';
import { createServer, type ProfileServer } from './create-server.ts';
import { claimData } from './database/claim-data.ts';
import { StorageError } from './database/database.ts';
import type { Demo } from './demo/demo-account.ts';

/** What the person at the terminal can do about it. */
const remedies: Readonly<Record<StorageError['reason'], string>> = {
  'disk-full': ': free some space and start again',
  'folder-read-only': ': give another one with --data',
  'other-key': ': put the right key file back, or give another folder with --data',
  other: '',
};

/** As the app's own, so that scripts can tell the causes apart. */
const exitCodes = { usage: 2, running: 3, storage: 4, port: 5 } as const;

/** Why it did not start, in one line for the person at the terminal. */
class StartError extends Error {
  readonly exitCode: number;

  constructor(kind: keyof typeof exitCodes, message: string) {
    super(message);
    this.exitCode = exitCodes[kind];
  }
}

try {
  const options = readArguments(process.argv.slice(2), process.env);
  if (options.help) console.log(usage);
  else await run(options);
} catch (error) {
  const { message, exitCode } = toStartError(error);
  console.error(`profile-desk server: ${message}`);
  process.exitCode = exitCode;
}

/** Errors: what was given, if that is a fault of ours. */
function toStartError(error: unknown): StartError {
  if (error instanceof StartError) return error;
  if (error instanceof UsageError) return new StartError('usage', error.message);
  if (error instanceof StorageError) return new StartError('storage', `${error.message}${remedies[error.reason]}`);
  throw error;
}

/** Two servers on the same data would count limits and lock-outs twice over. */
async function run(options: ServerArguments): Promise<void> {
  const { dataFolder, preset } = options;
  const claim = claimData(dataFolder, preset.id);
  if (!claim)
    throw new StartError(
      'running',
      `another server runs on the data of ${preset.id} in ${dataFolder}: stop it, or give another folder with --data`,
    );
  try {
    await serve(options);
  } catch (error) {
    claim.release();
    throw error;
  }
}

async function serve(options: ServerArguments): Promise<void> {
  const {
    dataFolder,
    preset,
    port,
    host,
    permissions,
    forceMfa,
    isDevelopment,
    identityProviders,
    publicAddresses,
    resetDemoPassword,
    maxSessions,
    unlock,
  } = options;
  const server = await createServer({
    dataFolder,
    preset,
    isDevelopment,
    identityProviders,
    publicAddresses,
    ...(maxSessions !== undefined && { maxSessions }),
    report: (reference, cause) => {
      console.error(`internal error ${reference}:`, cause);
    },
  });
  closeOnSignal(server);
  try {
    const demo = await server.ensureDemoAccount({ resetPassword: resetDemoPassword, permissions, forceMfa });
    if (unlock !== undefined) unlockAccount(server, unlock);
    greet(await listen(server, port, host), options, demo);
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** Errors: StartError. */
function unlockAccount(server: ProfileServer, name: string): void {
  if (!server.unlock(name)) throw new StartError('usage', `there is no account "${name}" to unlock`);
  console.log(`Unlocked: no wrong passwords or codes count against ${name} any more.`);
}

async function listen(server: ProfileServer, port: number, host: string): Promise<string> {
  try {
    return await server.listen(port, host);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new StartError('port', `port ${String(port)} is taken: stop what uses it, or give another one with --port`);
    if (code === 'EACCES')
      throw new StartError('port', `port ${String(port)} may not be used by you: give one above 1023 with --port`);
    throw error;
  }
}

function greet(address: string, { preset, dataFolder }: ServerArguments, { identifier, password }: Demo): void {
  console.log(`${preset.name} (${preset.id}) at ${address}, data in ${dataFolder}`);
  if (password === null) {
    console.log(
      `Demo account: ${identifier}. Its password was shown when it was made; --reset-demo-password makes a new one.`,
    );
  } else {
    console.log(`Demo account: ${identifier}, password: ${password}`);
    console.log('The password is shown only now; start with --reset-demo-password to get a new one.');
  }
}

function closeOnSignal(server: ProfileServer): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void server.close());
  }
}
