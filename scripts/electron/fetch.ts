import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Bytes so far, and of the whole; null where the server does not say. */
export interface Progress {
  readonly transferred: number;
  readonly total: number | null;
}
export interface FetchOptions {
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}
export type FetchOutcome =
  | { readonly kind: 'fetched' }
  | { readonly kind: 'given up' }
  | { readonly kind: 'failed'; readonly reason: string };

/** What Electron's own installer uses of @electron/get, which is a dependency of Electron and not ours. */
interface Downloads {
  downloadArtifact(request: {
    readonly version: string;
    readonly artifactName: 'electron';
    readonly checksums: Readonly<Record<string, string>>;
    readonly cacheRoot: string | undefined;
    readonly downloadOptions: {
      readonly quiet: true;
      readonly signal: AbortSignal;
      readonly getProgressCallback: (progress: Progress) => void;
    };
  }): Promise<string>;
}

/**
 * Brings Electron's archive into the cache of downloads, as its installer would, but with progress, an end on demand
 * and the reason of a failure. The installer finds it there. Checked against the checksums of the package.
 */
export async function fetchElectron(root: string, { onProgress, signal }: FetchOptions): Promise<FetchOutcome> {
  const requireAsElectron = createRequire(join(root, 'node_modules', 'electron', 'package.json'));
  const { version } = requireAsElectron('./package.json') as { version: string };
  const { downloadArtifact } = requireAsElectron('@electron/get') as Downloads;
  try {
    await downloadArtifact({
      version,
      artifactName: 'electron',
      checksums: requireAsElectron('./checksums.json') as Record<string, string>,
      cacheRoot: process.env['electron_config_cache'],
      downloadOptions: { quiet: true, signal, getProgressCallback: onProgress },
    });
    return { kind: 'fetched' };
  } catch (error) {
    return signal.aborted ? { kind: 'given up' } : { kind: 'failed', reason: describeCauses(error) };
  }
}

/** Messages of an error and its causes: `fetch failed` alone says nothing. */
export function describeCauses(error: unknown): string {
  const messages: string[] = [];
  for (let current = error; current instanceof Error; current = current.cause) {
    const { message } = current instanceof AggregateError && !current.message ? ownError(current) : current;
    if (message && !messages.includes(message)) messages.push(message);
  }
  return messages.join(': ') || String(error);
}

/** Of several tries to connect (IPv6, IPv4) the first says enough. */
function ownError({ errors }: AggregateError): { message: string } {
  const [first] = errors as unknown[];
  return first instanceof Error ? first : { message: '' };
}
