import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { StartError } from './start-error.ts';

export interface StaticFile {
  readonly content: Buffer;
  readonly type: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Where an app window waits until it is told its address. */
export const blankPage = '/blank';

/**
 * Reads every file of the built renderer once, by the URL path it is served under. A request is a look-up in this
 * table and never becomes a path on the disk. Errors: StartError if the renderer is not built.
 */
export function readStaticFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const path of listFiles(folder)) {
    const type = types[extname(path)];
    if (type) files.set(`/${relative(folder, path).split(sep).join('/')}`, { content: readFileSync(path), type });
  }
  const index = files.get('/index.html');
  if (!index)
    throw new StartError(
      'build',
      'the screens are not built yet: run `npm run build` first (npm start does it by itself)',
    );
  files.set(blankPage, { content: Buffer.from('<!doctype html><title>Profile Desk</title>'), type: index.type });
  return files.set('/', index);
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}
