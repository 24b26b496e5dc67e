import { describe, expect, it } from 'vitest';
import { freeDesktop } from '../../tests/support/electron-facts.ts';
import { findElectronObstacle, type SystemFacts } from './obstacles.ts';

const helperPath = '/home/kim/profile desk/node_modules/electron/dist/chrome-sandbox';
const helper = (state: SystemFacts['helper']['state']): SystemFacts['helper'] => ({ path: helperPath, state });

const free: SystemFacts = { ...freeDesktop, helper: helper('other') };
const obstacle = (facts: Partial<SystemFacts>): string | undefined => findElectronObstacle({ ...free, ...facts });

describe('D1 what keeps Electron from starting', () => {
  it.each<[string, Partial<SystemFacts>]>([
    ['user namespaces are free', {}],
    ['Debian lets everybody have them', { unprivilegedNamespaces: '1' }],
    ['AppArmor does not restrict them', { apparmorRestrictsNamespaces: '0' }],
    ['AppArmor restricts them, and has a profile for this binary', apparmor({ hasAppArmorProfile: true })],
    ['the older sandbox is set up', apparmor({ helper: helper('root:4755') })],
    ['the older sandbox is set up where there are no namespaces', { maxNamespaces: '0', helper: helper('root:4755') }],
    ['nobody can be asked', { unshare: 'not installed' }],
    ['it is another system', { platform: 'darwin', isRoot: true, hasDisplay: false, unshare: 'not installed' }],
  ])('nothing where %s', (_name, facts) => expect(obstacle(facts)).toBeUndefined());

  it.each<[Partial<SystemFacts>, RegExp]>([
    [{ isRoot: true }, /as root/],
    [{ hasDisplay: false }, /no display/],
    [{ missingLibraries: ['libnss3.so', 'libgbm.so.1'] }, /libnss3\.so, libgbm\.so\.1/],
    [apparmor({}), /AppArmor/],
    // Ubuntu 25.04 and later: unshare has a profile of its own, Electron has none.
    [apparmor({ unshare: 'works' }), /AppArmor/],
    [{ unprivilegedNamespaces: '0' }, /unprivileged_userns_clone/],
    [{ maxNamespaces: '0' }, /max_user_namespaces/],
    [{ maxNamespaces: '0', hasAppArmorProfile: true }, /max_user_namespaces/],
    [{ unshare: 'fails' }, /unshare -Ur true/],
  ])('%j', (facts, text) => expect(obstacle(facts)).toMatch(text));

  it('comes with what to do about it, which is never to run without the sandbox', () => {
    const sentence = obstacle(apparmor({})) ?? '';
    expect(sentence).toContain(`sudo chown root:root '${helperPath}' && sudo chmod 4755 '${helperPath}'`);
    expect(sentence).not.toContain('install-electron');
    expect(obstacle(apparmor({ helper: helper('absent') }))).toContain('npx install-electron && sudo chown');
    expect(sentence).not.toContain('no-sandbox');
  });
});

/** Ubuntu 23.10 and later. */
function apparmor(facts: Partial<SystemFacts>): Partial<SystemFacts> {
  return { apparmorRestrictsNamespaces: '1', unshare: 'fails', ...facts };
}
