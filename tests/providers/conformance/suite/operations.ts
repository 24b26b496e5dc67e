import { describe, expect, it } from 'vitest';
import { operations, type Operation } from '../../../../shared/contract/account/operations.ts';
import type { FieldAccess } from '../../../../shared/contract/account/profile.ts';
import type { Ports } from '../../../../electron/services/ports.ts';
import { noKeyWrapper } from '../../../integration/services-under-test.ts';
import { atDesk, type Desk } from '../desk.ts';
import type { Expectation, Expectations } from '../expectations.ts';
import { emailStories } from '../stories/emails.ts';
import { accessStories } from '../stories/access.ts';
import { profileStories } from '../stories/profile.ts';
import { protectionStories } from '../stories/protection.ts';
import { refuseAbsent } from './absent.ts';
import type { Service, World } from '../world.ts';

/** A new key is made only where it can be kept until it is seen. */
const showsSecretOnce: readonly Operation[] = ['password.change', 'mfa.enrol', 'recoveryCodes.renew'];

const stories = { ...profileStories, ...protectionStories, ...accessStories, ...emailStories };

export function describeOperations({ expectations }: Service, world: () => World): void {
  const doneBy = (by: Expectation['by']) => operations.filter((each) => expectations[each]?.by === by);
  const absent = operations.filter((each) => !expectations[each]);

  describe('R1 what can be done', () => {
    it('is what is expected of the service', () =>
      atDesk(world(), async (desk) => expect(await readOperations(desk)).toEqual(allowed(expectations))));

    it('X6 is named by the permission that somebody lacks', async () => {
      const person = await world().makeRestrictedPerson();
      const read = async (desk: Desk) => expect(await readOperations(desk)).toEqual(restricted(expectations));
      await atDesk(world(), read, { person });
    });
  });

  if (doneBy('app').length > 0)
    describe('D2 D3 done by the app, and seen by another program', () => {
      it.each(doneBy('app'))('%s', (operation) => tell(world(), operation));

      const withSecrets = doneBy('app').filter((operation) => showsSecretOnce.includes(operation));
      if (withSecrets.length > 0)
        it('D3 without a key store: nothing is kept, and no secret told', async () => {
          for (const operation of withSecrets) await tell(world(), operation, { keyWrapper: noKeyWrapper });
        });
    });

  if (doneBy('page').length > 0)
    describe('R1 handed off to a page of the service', () => {
      it.each(doneBy('page'))('%s', (operation) => atDesk(world(), (desk) => openPage(desk, operation)));
    });

  if (absent.length > 0)
    it(`R1 absent, and refused: ${absent.join(', ')}`, () =>
      atDesk(world(), async (desk) => {
        for (const operation of absent) await refuseAbsent(desk, operation);
      }));
}

async function readOperations(desk: Desk): Promise<Partial<Record<Operation, string>>> {
  const { operations: found } = await desk.read();
  return Object.fromEntries(Object.entries(found).map(([operation, access]) => [operation, describeAccess(access)]));
}

function describeAccess(access: FieldAccess): string {
  return access.kind === 'needs-permission' ? `needs ${access.permission}` : access.kind;
}

const kinds = { app: 'editable', page: 'hand-off' } as const;

function allowed(expectations: Expectations): object {
  return Object.fromEntries(Object.entries(expectations).map(([operation, { by }]) => [operation, kinds[by]]));
}

function restricted(expectations: Expectations): object {
  const wanted = Object.entries(expectations);
  return Object.fromEntries(
    wanted.map(([operation, { by, needs }]) => [operation, needs === undefined ? kinds[by] : `needs ${needs}`]),
  );
}

async function tell(world: World, operation: Operation, ports: Partial<Ports> = {}): Promise<void> {
  const story = stories[operation];
  if (!story) throw new Error(`no story tells of ${operation} by the app`);
  const readsKeys = operation.startsWith('sshKeys.');
  await atDesk(world, async (desk) => story(desk, await desk.connect()), { readsKeys, ports });
}

/** One of several has to be named; what a page changes is told in the tests of its provider. */
const ofSeveral: readonly Operation[] = [
  'mfa.removeDevice',
  'passkeys.remove',
  'sshKeys.verify',
  'linkedAccounts.link',
];

async function openPage(desk: Desk, operation: Operation): Promise<void> {
  const { accountId, app, opened } = desk;
  const { handOff } = app.calls;
  const pages = opened.length;
  if (ofSeveral.includes(operation)) {
    const unknown = await desk.refusal(handOff.begin({ accountId, operation, of: 'nothing of this name' }));
    expect(unknown.code).toBe('not-found');
    expect(opened).toHaveLength(pages);
    return;
  }
  const { attempt } = await handOff.begin({ accountId, operation });
  expect(opened.at(-1)!.origin).toBe(new URL(desk.target.address).origin);
  expect(await handOff.check({ attempt })).toEqual({ outcome: 'unknown' });
  await handOff.cancel({ attempt });
  expect(await handOff.finish({ attempt })).toEqual({ outcome: 'cancelled' });
}
