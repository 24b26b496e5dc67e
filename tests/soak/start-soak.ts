import { createSystemClock } from '../../electron/services/core/clock.ts';
import { ChildClient } from '../../electron/services/core/children/child-client.ts';
import { forkNode } from '../../electron/services/core/children/node-children.ts';
import type { AppContract } from '../../shared/contract/index.ts';
import { createClient } from '../../shared/rpc/client.ts';
import type { Client } from '../../shared/rpc/define.ts';
import type { Reply, Transport } from '../../shared/rpc/transport.ts';
import type { openApp } from '../integration/services-under-test.ts';
import { Desk } from '../providers/conformance/desk.ts';
import { standIns } from '../providers/conformance/worlds/stand-ins.ts';
import type { Service } from '../providers/conformance/world.ts';
import { bundleOf } from '../support/bundles.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { soak, type SoakContract } from './soak.contract.ts';

/** Milliseconds of one call: the long form takes minutes, and only a hang is to end it. */
const patienceMs = 60 * 60_000;

/**
 * For glibc: what each of ten threads keeps ready for itself is no use of ours, and grows with how busy the machine is.
 */
export const oneArena = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072' };

/** An app that is signed in to every service there is a stand-in of. */
export interface Soak extends AsyncDisposable {
  readonly app: Client<SoakContract>['app'];
  readonly accountIds: readonly string[];
  /** The window of the app: its calls. */
  readonly calls: Client<AppContract>;
  /** Services without an account, and why. */
  readonly missing: readonly string[];
}

export async function startSoak(): Promise<Soak> {
  await using made = new AsyncDisposableStack();
  const folder = made.use(makeTempFolder());
  const errors: string[] = [];
  const child = forkNode(await bundleOf('soak-app'), {
    args: [folder.path],
    env: { ...process.env, ...oneArena },
    onErrorOutput: (text) => errors.push(text),
  });
  const client = new ChildClient({ contract: soak, child, name: 'app', clock: createSystemClock() });
  made.defer(() => client.end('the test is over'));
  const { app } = client.within(patienceMs);
  const open = createOpen(app);
  const accountIds: string[] = [];
  for (const service of standIns.filter(({ missing }) => missing === undefined)) {
    const world = made.use(await service.start());
    const desk = await Desk.open(world, await world.makePerson(), {}, open);
    made.defer(() => desk.close());
    await app.skipMinute();
    accountIds.push(await desk.signIn());
  }
  const { calls } = await open(folder.path);
  const rest = made.move();
  return {
    ...{ app, accountIds, calls },
    missing: standIns.flatMap(({ name, missing }: Service) => (missing === undefined ? [] : [`${name}: ${missing}`])),
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  };
}

/** As a desk opens an app: it is the same one for all desks, and none closes it. */
function createOpen(app: Soak['app']): typeof openApp {
  return async (_folder, { browser } = {}, onReply = () => undefined) => {
    const transport: Transport = {
      async request(channel, input) {
        const { reply, opened } = await app.request({ channel, input });
        for (const address of opened) await browser?.open(new URL(address));
        onReply(channel, reply as Reply);
        return reply as Reply;
      },
      subscribe: () => () => undefined,
    };
    return {
      ...createClient<AppContract>(transport),
      ...{ events: [], internal: [], transport },
      close: () => Promise.resolve(),
    };
  };
}
