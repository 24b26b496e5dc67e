import { describe, expect, it } from 'vitest';
import { defaultDataFolder } from './data-folder.ts';

describe('default data folder', () => {
  it('is where each platform keeps the data of applications', () => {
    expect(defaultDataFolder('linux', {}, '/home/ada')).toBe('/home/ada/.local/share/profile-desk');
    expect(defaultDataFolder('linux', { XDG_DATA_HOME: '/data' }, '/home/ada')).toBe('/data/profile-desk');
    // An empty variable counts as unset (XDG Base Directory Specification).
    expect(defaultDataFolder('linux', { XDG_DATA_HOME: '' }, '/home/ada')).toBe('/home/ada/.local/share/profile-desk');
    expect(defaultDataFolder('darwin', {}, '/Users/ada')).toBe('/Users/ada/Library/Application Support/profile-desk');
    expect(defaultDataFolder('win32', { LOCALAPPDATA: '/local' }, '/Users/ada')).toBe('/local/profile-desk');
  });
});
