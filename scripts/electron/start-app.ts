import type { ElectronPlace } from './binary.ts';
import type { FetchOutcome } from './fetch.ts';
import { findElectronObstacle, sandboxRemedy, type SystemFacts } from './obstacles.ts';
import type { ElectronEnd } from './run.ts';

/** What starting the app needs of this computer. */
export interface Starting {
  findElectron(): ElectronPlace;
  readFacts(binary: string): SystemFacts;
  /** Brings the binary to where findElectron looks for it. */
  fetch(): Promise<FetchOutcome>;
  runElectron(binary: string): Promise<ElectronEnd>;
  /** Whether it ended in order. */
  runBrowserShell(): Promise<boolean>;
  say(line: string): void;
}

/**
 * Runs the app in Electron or, where that cannot be, in the browser shell, after saying why. Returns whether it ended
 * in order.
 */
export async function startApp(starting: Starting): Promise<boolean> {
  const obstacle = await findObstacle(starting);
  if (obstacle === undefined) {
    const { binary } = starting.findElectron();
    const end = await starting.runElectron(binary);
    if (end.brokeDown === undefined) return end.ok;
    const remedy = sandboxRemedy(starting.readFacts(binary));
    starting.say(
      `Electron ended before the app had started (${end.brokeDown}). Mostly its sandbox is the cause. ${remedy}`,
    );
  } else {
    starting.say(obstacle);
  }
  starting.say('Starting the same app in the browser instead.\n');
  return starting.runBrowserShell();
}

/** Why Electron cannot run here. Asks the system before the long download, and the binary's libraries after it. */
async function findObstacle(starting: Starting): Promise<string | undefined> {
  const place = starting.findElectron();
  const known = findElectronObstacle(starting.readFacts(place.binary));
  if (known !== undefined || place.isThere) return known;
  if (place.isOverridden)
    return `There is no Electron at ${place.binary}, where ELECTRON_OVERRIDE_DIST_PATH says it is.`;
  const outcome = await starting.fetch();
  if (outcome.kind === 'given up') return 'Electron is not fetched now; the next start asks for it again.';
  if (outcome.kind === 'failed') return `Electron could not be fetched: ${outcome.reason}.`;
  return findElectronObstacle(starting.readFacts(starting.findElectron().binary));
}
