/** What decides on this system whether Electron can run with its sandbox. */
export interface SystemFacts {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  readonly hasDisplay: boolean;
  /** Switches of the Linux kernel for user namespaces, as they read; undefined where the kernel has no such switch. */
  readonly apparmorRestrictsNamespaces: string | undefined;
  readonly unprivilegedNamespaces: string | undefined;
  readonly maxNamespaces: string | undefined;
  /** `unshare -Ur true`, which does what the sandbox will do. */
  readonly unshare: 'works' | 'fails' | 'not installed';
  /** A profile of AppArmor lets exactly this binary have user namespaces. */
  readonly hasAppArmorProfile: boolean;
  /** Chromium's older sandbox, which needs no user namespaces: a helper that belongs to root and runs as root. */
  readonly helper: { readonly path: string; readonly state: 'root:4755' | 'other' | 'absent' };
  /** Names of the shared libraries that the binary wants and the system lacks. */
  readonly missingLibraries: readonly string[];
}

/**
 * Why Electron cannot run here with its sandbox, in a sentence or two with what to do about it; undefined if nothing
 * speaks against it. To run it without the sandbox is no answer.
 */
export function findElectronObstacle(facts: SystemFacts): string | undefined {
  if (facts.platform !== 'linux') return undefined;
  if (facts.isRoot) return 'Electron does not run as root without giving up its sandbox.';
  if (!facts.hasDisplay) return 'There is no display for an Electron window.';
  if (facts.missingLibraries.length > 0)
    return `Electron needs libraries that this system does not have: ${facts.missingLibraries.join(', ')}. Install their packages.`;
  const cause = findSandboxObstacle(facts);
  return cause && `Electron cannot set up its sandbox here: ${cause}. ${sandboxRemedy(facts)}`;
}

/** How to get a sandbox on this computer, for a person who may use sudo. */
export function sandboxRemedy({ helper }: Pick<SystemFacts, 'helper'>): string {
  const path = `'${helper.path}'`;
  const fetchFirst = helper.state === 'absent' ? 'npx install-electron && ' : '';
  return `To allow it: ${fetchFirst}sudo chown root:root ${path} && sudo chmod 4755 ${path} (docs/first-hour-with-electron.md has another way).`;
}

function findSandboxObstacle(facts: SystemFacts): string | undefined {
  if (facts.helper.state === 'root:4755') return undefined;
  if (facts.maxNamespaces === '0') return 'this system allows no user namespaces (user.max_user_namespaces is 0)';
  if (facts.unprivilegedNamespaces === '0')
    return 'this system allows user namespaces to root alone (kernel.unprivileged_userns_clone is 0)';
  // Some releases let `unshare` itself through: the switch counts for every program without a profile.
  if (facts.apparmorRestrictsNamespaces === '1')
    return facts.hasAppArmorProfile ? undefined : 'AppArmor keeps user namespaces from programs without a profile';
  return facts.unshare === 'fails' ? 'this system refuses user namespaces (unshare -Ur true fails)' : undefined;
}
