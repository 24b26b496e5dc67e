import { systemClock, type Clock } from '../clock.ts';
import { openDatabase } from '../database/database.ts';
import { createAccountsStore } from '../accounts/accounts.store.ts';
import { createSessionsStore } from '../accounts/sessions.store.ts';
import { findPreset } from '../presets/presets.ts';

/**
 * Gives the demo person of a data folder one session for each User-Agent, also while a server runs on it. Returns their
 * ids.
 */
export function seedSessions(
  dataFolder: string,
  presetId: string,
  userAgents: readonly string[],
  clock: Clock = systemClock,
): string[] {
  const preset = findPreset(presetId);
  if (!preset) throw new Error(`there is no preset ${presetId}`);
  const database = openDatabase(dataFolder, preset.id);
  try {
    const demo = createAccountsStore(database, clock).findDemo();
    if (demo === undefined) throw new Error('the server has not made its demo account yet');
    // Addresses for documentation (RFC 5737).
    const devices = userAgents.map((userAgent, at) => ({ userAgent, ipAddress: `192.0.2.${String(at % 256)}` }));
    return createSessionsStore(database, clock, preset.policies.session)
      .startAll(demo, devices)
      .map(({ sessionId }) => sessionId);
  } finally {
    database.close();
  }
}
