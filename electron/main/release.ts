import type { Release } from '../services/ports.ts';

/** Put in place by vite.config.ts; null for a build from source. */
declare const __RELEASE__: Release | null;

/** What `npm run package` said of this build. */
export const release: Release | undefined = __RELEASE__ ?? undefined;
