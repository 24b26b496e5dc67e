import { describe, expect, it, onTestFinished } from 'vitest';
import { atDesk, type Desk } from '../desk.ts';
import type { Service, World } from '../world.ts';

/** What is left where the session or the service is gone, and what is seen once it is there. */
export function describeAbsence(service: Service, world: () => World): void {
  describe('W1 E8 what was changed elsewhere', () => {
    it('is seen at the next reading', () =>
      atDesk(world(), async (desk) => {
        const other = await desk.connect();
        await other.writeName('Elsewhere');
        expect((await desk.read()).sections.user.values.firstName).toBe('Elsewhere');
      }));

    if (service.expectations['sessions.close']?.by === 'app')
      it('a session that began too', () =>
        atDesk(world(), async (desk) => {
          await desk.prove();
          const list = async () => {
            const { sessions } = await desk.app.calls.sessions.list({ accountId: desk.accountId, from: 'provider' });
            return sessions.map(({ isCurrent }) => isCurrent);
          };
          expect(await list()).toEqual([true]);
          await desk.connect();
          expect(await list()).toEqual([true, false]);
        }));
  });

  describe('D5 a session that was ended elsewhere', () => {
    it('is over here too, and what was seen last stays', () =>
      atDesk(world(), async (desk) => {
        await (await desk.connect()).endOthers();
        const { state } = await desk.app.calls.accounts.check({ id: desk.accountId });
        expect(state).toEqual({ kind: 'signed-out', sessionEnded: true });
        await expectLastSeen(desk);
      }));
  });

  describe.skipIf(service.isShared)('D5 without the service (skipped where it is shared: nobody may stop it)', () => {
    it('the profile opens as it was last seen, with its age, after a restart too', async () => {
      const alone = await service.start();
      let isOver = false;
      const stop = async () => {
        if (!isOver) await alone[Symbol.asyncDispose]();
        isOver = true;
      };
      onTestFinished(stop);
      await atDesk(alone, async (desk) => {
        const { takenAt } = await desk.read();
        await stop();
        const { state } = await desk.app.calls.accounts.check({ id: desk.accountId });
        expect(state).toMatchObject({ kind: 'offline' });
        await expectLastSeen(desk);
        await desk.restart();
        expect(await desk.read()).toMatchObject({ source: 'cache', takenAt });
        await expectLastSeen(desk);
      });
    });
  });
}

async function expectLastSeen(desk: Desk): Promise<void> {
  const { source, sections, operations } = await desk.read('cache');
  expect([source, sections.user.values.firstName]).toEqual(['cache', desk.person.firstName]);
  const locked = Object.values(operations).map(({ kind }) => kind);
  expect(new Set(locked), 'nothing can be done until then').toEqual(new Set(['offline']));
}
