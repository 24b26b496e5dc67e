import { describe, expect, it } from 'vitest';
import { noKeyWrapper, openKeyWrapper } from '../integration/services-under-test.ts';
import { atDesk } from '../providers/conformance/desk.ts';
import { cxoneStandIn } from '../providers/conformance/worlds/cxone/cxone-world.ts';
import { elasticIoStandIn } from '../providers/conformance/worlds/elastic-io/elastic-io-world.ts';
import { wacmStandIn } from '../providers/conformance/worlds/wacm/wacm-world.ts';

const wrong = 'somebody-elses-key-0123456789';

describe('D2 D3 R2 R10 after a run with a pasted key', () => {
  const runs = [elasticIoStandIn, cxoneStandIn, wacmStandIn].flatMap((service) => [
    { service, kind: service.kind, store: 'open', keyWrapper: openKeyWrapper },
    { service, kind: service.kind, store: 'absent', keyWrapper: noKeyWrapper },
  ]);

  // The desk looks through them as it closes, for all that the service issued too.
  it.each(runs)(
    'none is in a file, a log, or anything that a screen was told: $kind, key store $store',
    async (run) => {
      await using world = await run.service.start();
      const act = async (desk: Parameters<Parameters<typeof atDesk>[1]>[0]) => {
        const { app, accountId, person, target } = desk;
        const kind = run.service.kind;
        desk.secrets.add(wrong);
        desk.secrets.add(Buffer.from(`${person.identifier}:${wrong}`).toString('base64'));
        // Refusals are what a log has most of.
        const again = app.calls.auth.signInWithToken({ kind, target, name: person.identifier, token: wrong });
        expect(await desk.refusal(again)).toMatchObject({ details: { reason: 'key-refused' } });
        await desk.read();
        const { attempt } = await app.calls.handOff.begin({ accountId, operation: 'password.change' });
        await app.calls.handOff.cancel({ attempt });
        expect(desk.files().length > 0).toBe(run.store === 'open');
        const [account] = (await app.calls.accounts.list()).accounts;
        expect(account?.isPasted, 'signing out offers nothing that cannot be done').toBe(false);
        await app.calls.auth.signOut({ accountId, forget: false });
      };
      await atDesk(world, act, { ports: { keyWrapper: run.keyWrapper } });
    },
  );
});
