import { homedir } from 'node:os';
import { join } from 'node:path';

/** The platform's place for an application's own data (on Linux by the XDG Base Directory Specification). */
export function defaultDataFolder(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'profile-desk');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'profile-desk');
  return join(environment['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'profile-desk');
}
