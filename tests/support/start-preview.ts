import { randomBytes } from 'node:crypto';
import { bundleOf, sourceOf } from './bundles.ts';
import type { KeyringSession } from './keyring-session.ts';
import { spawnWatched, type Spawned } from './spawned.ts';

export interface Preview extends Spawned {
  /** With a code in its fragment that lets one page in. */
  readonly url: string;
  readonly origin: string;
  /** Headers of a page that comes with the code of `url`. */
  readonly pass: Record<string, string>;
  /** Another such address, as Enter at the terminal gives it. */
  newLink(): Promise<{ readonly url: string; readonly pass: Record<string, string> }>;
}

export interface PreviewOptions {
  readonly dataFolder: string;
  readonly args?: readonly string[];
  /** The desktop session to run in; without one there is no key store and nothing is kept between runs. */
  readonly session?: KeyringSession | undefined;
  /** Without a session the app is not told so: it looks for a key store, and asks what to do instead. */
  readonly looksForKeyStore?: boolean;
  readonly environment?: NodeJS.ProcessEnv;
  /** Whether the person says yes to each address that the app asks about at the terminal; yes if left out. */
  readonly consents?: boolean;
  /** A bundle, which starts sooner, if left out. */
  readonly from?: 'sources';
}

/** The browser shell as a process of its own, not waiting for anything. */
export async function spawnPreview({
  dataFolder,
  args = [],
  session,
  environment = session?.environment,
  from,
}: PreviewOptions): Promise<Spawned> {
  const entry = from === 'sources' ? sourceOf('preview') : await bundleOf('preview');
  return spawnWatched(process.execPath, [entry, '--data-dir', dataFolder, ...args], environment);
}

/** The browser shell, ready to be opened. */
export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const keyStore = options.session || options.looksForKeyStore ? [] : ['--no-key-store'];
  // On a busy machine a service answers late, and that is no fault of it.
  const args = ['--answer-within', '120', ...keyStore, ...(options.args ?? [])];
  const preview = await spawnPreview({ ...options, args });
  if (options.consents ?? true) sayYes(preview);
  const link = await readLink(preview, 1);
  let links = 1;
  return {
    ...preview,
    ...link,
    origin: new URL(link.url).origin,
    newLink() {
      links += 1;
      preview.process.stdin?.write('\n');
      return readLink(preview, links);
    },
  };
}

/** The link that was printed as the `count`th, from 1. */
async function readLink(preview: Spawned, count: number) {
  const links = String.raw`(?:[^]*?(http://127\.0\.0\.1:\d+/#token=(\S+))\s){${String(count)}}`;
  const [, url = '', code = ''] = await preview.waitFor(new RegExp(links));
  const token = randomBytes(32).toString('base64url');
  return { url, pass: { 'x-profile-desk-token': token, 'x-profile-desk-code': code } };
}

/** Answers each question, as a person at the terminal does. */
function sayYes(preview: Spawned): void {
  let answered = 0;
  preview.process.stdout?.on('data', () => {
    const questions = [...preview.output().matchAll(/Type “yes” and press Enter/g)].length;
    for (; answered < questions; answered += 1) preview.process.stdin?.write('yes\n');
  });
}
