import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { createStores } from '../features/stores.ts';
import { readPublicKey } from '../features/identity-keys/public-key.ts';
import type { Preset } from '../presets/preset.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Addresses for documentation (RFC 5737). The idle time of a session is a day: all of them are younger. */
const devices = [
  {
    hoursAgo: 22,
    ipAddress: '198.51.100.24',
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  },
  {
    hoursAgo: 9,
    ipAddress: '192.0.2.61',
    userAgent:
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0',
  },
  {
    hoursAgo: 3,
    ipAddress: '203.0.113.7',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
  },
];

/** Public halves of keys that were made for this and whose private halves nobody has. */
const publicKeys = [
  {
    title: 'build@nordlicht',
    daysAgo: 412,
    line:
      'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQCt9zoABp5YFMPZylvMC+5tbP1euiehvdCuNMXs2aiKeinkrblNbDUzPEzDxPG+' +
      '4fy4VRwi4UqyNtlgjSW9itAb/xHAeZVjhn911SOILTqEnfS8UoAvUFbtPKgpRQdWgoeZy7zMHnW4eVDRhcwisuAiS8CVoiZgkdca' +
      'up6eCm/VvtDFjuZhT1mkC0uyPBY+rm4DVohA90DtzgPrvn3Wqm7kok9KTW1a0w/kvfGHRq3nkxTmF23RNIICxzzLMsM1ogTpeE6q' +
      'SIyNLkQ+0KHHtQ73H7ul5Yc5JWIfEYi0jKgyEvWFp+2WIASPWWaURyIgXTW0nhcQVkjR53kCbutQhXcoKs/OCUxYtVaosOD7NltK' +
      'WXyJ4oNFs6y/hcK2XBaCAwVuS2ruigFF3t3geDs+ZWeWavaRMvNtxjYp/f7GmktB6FTNMg3oEofzUy8l5U2An6+FeZ3WCcQJLH4r' +
      '6DA6LYsInUphtb38LPPriv3wf3oNjkPXTnfg+yDZsTkn4z25qac=',
  },
  {
    title: 'mara@laptop',
    daysAgo: 35,
    line: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMGyBrQ9RThe9P7qu6GMAWdmQUbw+PJNrDQkpyw2Hy4k',
  },
];

export interface DemoLifeDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly preset: Preset;
}

/**
 * Gives a demo account that was made just now what an account has after some years, so that each screen has something
 * to show.
 */
export function enliven({ database, clock, preset }: DemoLifeDeps, accountId: string): void {
  const storesAt = (ago: number) => createStores(database, { now: () => clock.now() - ago }, preset.policies);
  for (const { hoursAgo, ...device } of devices) storesAt(hoursAgo * hour).sessions.start(accountId, device);
  if (preset.identityKeys) {
    for (const { title, daysAgo, line } of publicKeys) {
      const key = readPublicKey(line);
      if (typeof key === 'string') throw new Error(`a key of the demo account cannot be read: ${title}`);
      storesAt(daysAgo * day).identityKeys.add(accountId, title, key);
    }
  }
  addKeysForPrograms(storesAt(85 * day), preset, accountId, clock.now() + 5 * day);
  if (preset.notifications) {
    const thresholds = [50, 75, 90].map((percent) => ({ percent, byMail: percent > 50 }));
    storesAt(0).notifications.write(accountId, { quotaAlerts: true, thresholds, dailyReport: false });
  }
}

/**
 * One of them ends soon, so that the reminder and the guided replacement can be seen. `endsAt`: milliseconds since the
 * epoch.
 */
function addKeysForPrograms(
  { apiKeys, accessKeys }: Pick<ReturnType<typeof createStores>, 'apiKeys' | 'accessKeys'>,
  { apiKey, accessKeys: several }: Preset,
  accountId: string,
  endsAt: number,
): void {
  if (apiKey)
    apiKeys.make(
      accountId,
      apiKey.style === 'named' ? 'Nightly backup' : '',
      apiKey.canExpire ? endsAt : null,
      apiKey.style === 'replace',
    );
  if (several) {
    accessKeys.make(accountId, 'Reporting', null);
    accessKeys.make(accountId, 'Dialer', several.canExpire ? endsAt : null);
  }
}
