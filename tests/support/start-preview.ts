import { join } from 'node:path';
import type { KeyringSession } from './keyring-session.ts';
import { spawnWatched, type Spawned } from './spawned.ts';

const entry = join(import.meta.dirname, '..', '..', 'preview', 'main.ts');

export interface Preview extends Spawned {
  /** With the token in its fragment. */
  readonly url: string;
  readonly origin: string;
  readonly token: string;
}

export interface PreviewOptions {
  readonly dataFolder: string;
  readonly args?: readonly string[];
  /** The desktop session to run in; without one there is no key store and nothing is kept between runs. */
  readonly session?: KeyringSession | undefined;
  readonly environment?: NodeJS.ProcessEnv;
  /** Whether the person says yes to each address that the app asks about at the terminal; yes if left out. */
  readonly consents?: boolean;
}

/** The browser shell as a process of its own, not waiting for anything. */
export function spawnPreview({
  dataFolder,
  args = [],
  session,
  environment = session?.environment,
}: PreviewOptions): Spawned {
  return spawnWatched(process.execPath, [entry, '--data-dir', dataFolder, '--no-open', ...args], environment);
}

/** The browser shell, ready to be opened. */
export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const keyStore = options.session ? [] : ['--no-key-store'];
  const preview = spawnPreview({ ...options, args: [...keyStore, ...(options.args ?? [])] });
  if (options.consents ?? true) sayYes(preview);
  const [url, token] = await preview.waitFor(/http:\/\/127\.0\.0\.1:\d+\/#token=(\S+)/);
  return { ...preview, url, token: token!, origin: new URL(url).origin };
}

/** Opens the link of each question, as a person at the terminal does, and presses Connect. */
function sayYes(preview: Spawned): void {
  const answered = new Set<string>();
  preview.process.stdout?.on('data', () => {
    for (const [, url = ''] of preview.output().matchAll(/asks whether it may connect to \S+: open (http:\S+)\n/g)) {
      if (answered.has(url)) continue;
      answered.add(url);
      fetch(url, { method: 'POST', body: new URLSearchParams({ answer: 'connect' }) }).catch(() => undefined);
    }
  });
}
