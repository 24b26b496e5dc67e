import type { SystemFacts } from '../../scripts/electron/obstacles.ts';

/** A desktop on which nothing speaks against Electron: user namespaces are free, as on Fedora. */
export const freeDesktop: SystemFacts = {
  platform: 'linux',
  isRoot: false,
  hasDisplay: true,
  apparmorRestrictsNamespaces: undefined,
  unprivilegedNamespaces: undefined,
  maxNamespaces: '126870',
  unshare: 'works',
  hasAppArmorProfile: false,
  helper: { path: '/desk/chrome-sandbox', state: 'other' },
  missingLibraries: [],
};
