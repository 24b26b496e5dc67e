import { join } from 'node:path';
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
  /** Runs this program with the usual command behind it, e.g. inside a D-Bus session. */
  readonly wrapper?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

/** The browser shell as a process of its own, not waiting for anything. */
export function spawnPreview({ dataFolder, args = [], wrapper = [], environment }: PreviewOptions): Spawned {
  const command = [...wrapper, process.execPath, entry, '--data-dir', dataFolder, '--no-open', ...args];
  return spawnWatched(command[0]!, command.slice(1), environment);
}

/** The browser shell, ready to be opened. Without `wrapper` it keeps nothing between runs. */
export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const keyStore = options.wrapper ? [] : ['--no-key-store'];
  const preview = spawnPreview({ ...options, args: [...keyStore, ...(options.args ?? [])] });
  const [url, token] = await preview.waitFor(/http:\/\/127\.0\.0\.1:\d+\/#token=(\S+)/);
  return { ...preview, url, token: token!, origin: new URL(url).origin };
}
