import { AppError } from '../../../../shared/contract/errors.ts';
import type { ConnectionsSnapshot } from '../../../../shared/contract/connections.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { ProfileSnapshot } from '../../../../shared/contract/profile.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';

type Parts = Pick<Handlers<AppContract>, 'app' | 'settings' | 'connections' | 'profile'>;

/** What the first screen shows, asked of those who have it. */
export function createStartService({ app, settings, connections, profile }: Parts): Handlers<AppContract>['start'] {
  async function readKept({ connections: known, currentId }: ConnectionsSnapshot): Promise<ProfileSnapshot | null> {
    const current = known.find(({ id }) => id === currentId);
    if (!current || current.state.kind === 'signed-out') return null;
    try {
      return await profile.get({ connectionId: current.id, from: 'cache' });
    } catch (error) {
      // The screen asks the provider in any case, and tells then what is wrong.
      if (error instanceof AppError) return null;
      throw error;
    }
  }

  return {
    async snapshot() {
      // First, because it opens what is sealed, and how that went is part of the state of the app.
      const list = await connections.list(undefined);
      const [state, chosen, kept] = await Promise.all([
        app.snapshot(undefined),
        settings.get(undefined),
        readKept(list),
      ]);
      return { app: state, settings: chosen, connections: list, profile: kept };
    },
  };
}
