import { readArguments, usage, UsageError, type ServerArguments } from './arguments.ts';
import { createServer, type ProfileServer } from './create-server.ts';
import { StorageError } from './database/database.ts';
import type { Demo } from './demo/demo-account.ts';

/** What the person at the terminal can do about it. */
const remedies: Readonly<Record<StorageError['reason'], string>> = {
  'disk-full': ': free some space and start again',
  'folder-read-only': ': give another one with --data',
  other: '',
};

try {
  const options = readArguments(process.argv.slice(2), process.env);
  if (options.help) console.log(usage);
  else await run(options);
} catch (error) {
  if (!(error instanceof UsageError || error instanceof StorageError)) throw error;
  console.error(`profile-desk server: ${error.message}${error instanceof StorageError ? remedies[error.reason] : ''}`);
  process.exitCode = 2;
}

async function run(options: ServerArguments): Promise<void> {
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
    mostSessions,
  } = options;
  const server = await createServer({
    dataFolder,
    preset,
    isDevelopment,
    identityProviders,
    publicAddresses,
    ...(mostSessions !== undefined && { mostSessions }),
    report: (reference, cause) => {
      console.error(`internal error ${reference}:`, cause);
    },
  });
  closeOnSignal(server);
  try {
    const demo = await server.ensureDemoAccount({ resetPassword: resetDemoPassword, permissions, forceMfa });
    greet(await listen(server, port, host), options, demo);
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function listen(server: ProfileServer, port: number, host: string): Promise<string> {
  try {
    return await server.listen(port, host);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new UsageError(`port ${String(port)} is taken: stop what uses it, or give another one with --port`);
    if (code === 'EACCES')
      throw new UsageError(`port ${String(port)} may not be used by you: give one above 1023 with --port`);
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
