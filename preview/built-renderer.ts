import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listRendererFiles, type RendererFile } from '../electron/services/page/renderer-files.ts';
import { StartError } from './start-error.ts';

/** Errors: StartError if the renderer is not built. */
export function listBuiltRenderer(folder: string): ReadonlyMap<string, RendererFile> {
  if (existsSync(join(folder, 'index.html'))) return listRendererFiles(folder);
  throw new StartError(
    'build',
    'the screens are not built yet: run `npm run build` first (npm start does it by itself)',
  );
}
