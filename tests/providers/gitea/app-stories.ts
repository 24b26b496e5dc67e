import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect } from 'vitest';
import { createManualClock } from '../../../electron/services/testing/manual-clock.ts';
import { atDesk, type Desk } from '../conformance/desk.ts';
import type { World } from '../conformance/world.ts';
import { signInToGitea } from '../stand-ins/gitea/gitea-client.ts';

// What the app does at a Gitea, whichever it is: the stand-in, and a real one with --live.

type Story = (world: World) => Promise<void>;

const pemOf = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const ed25519 = () => pemOf(generateKeyPairSync('ed25519').privateKey);

async function importKey({ app, accountId }: Desk, text: string, title = 'Laptop') {
  const { batch } = await app.calls.sshKeys.importPasted({ accountId, batchId: null, text });
  const rows = [{ rowId: batch.rows[0]!.rowId, title, keepPrivate: true }];
  const { results, snapshot } = await app.calls.sshKeys.add({ batchId: batch.batchId, rows });
  return { error: results[0]!.error, keys: snapshot?.keys ?? [] };
}

/** The private half stays here: what is pasted on the page is a signature. */
const proveKey: Story = (world) =>
  atDesk(
    world,
    async (desk) => {
      const { app, accountId, person } = desk;
      const pem = ed25519();
      desk.secrets.add(pem);
      const keyId = (await importKey(desk, pem)).keys[0]!.id;
      const { signature } = await app.calls.sshKeys.signProof({ accountId, keyId });
      await app.calls.handOff.begin({ accountId, operation: 'sshKeys.verify', of: keyId });
      const { pathname, search, searchParams } = desk.opened.at(-1)!;
      const browser = await signInToGitea(world.address, { login: person.identifier, password: person.password });
      expect(String((await browser.open(pathname + search)).body)).not.toMatch(/\bVerified\b/);
      const fingerprint = searchParams.get('verify_ssh')!;
      const form = { type: 'verify_ssh', title: 'none', content: 'none', fingerprint, signature };
      expect((await browser.submit(pathname, form)).status).toBe(303);
      expect(String((await browser.open(pathname)).body)).toMatch(/\bVerified\b/);
    },
    { readsKeys: true },
  );

const replaceKey: Story = (world) =>
  atDesk(
    world,
    async (desk) => {
      const { app, accountId } = desk;
      const other = await desk.connect();
      const [first] = (await importKey(desk, ed25519())).keys;
      await importKey(desk, ed25519(), 'Desk');
      const before = await other.listSshKeys();
      const replace = (title: string) => app.calls.sshKeys.replace({ accountId, keyId: first!.id, title });
      expect(await desk.refusal(replace('Desk'))).toMatchObject({
        details: { fields: { title: { code: 'duplicate' } } },
      });
      const { keys } = await replace('Work laptop');
      expect(keys.map(({ title }) => title).toSorted()).toEqual(['Desk', 'Work laptop']);
      expect((await other.listSshKeys()).toSorted()).toEqual([...before].toSorted());
    },
    { readsKeys: true },
  );

const refuseKeys: Story = (world) =>
  atDesk(
    world,
    async (desk) => {
      const [shared, short] = [ed25519(), pemOf(generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey)];
      await atDesk(world, async (others) => void (await importKey(others, shared)), { readsKeys: true });
      expect((await importKey(desk, shared)).error).toMatchObject({ fields: { publicKey: { code: 'taken' } } });
      expect((await importKey(desk, short)).error).toMatchObject({
        fields: { publicKey: { code: 'too-short', limit: 3_071 } },
      });
      await importKey(desk, ed25519());
      expect((await importKey(desk, ed25519())).error).toMatchObject({ fields: { title: { code: 'duplicate' } } });
    },
    { readsKeys: true },
  );

const refuseEmails: Story = async (world) => {
  const bo = await world.makePerson();
  await atDesk(world, async (desk) => {
    const { app, accountId } = desk;
    const codeOf = async (email: string) =>
      (await desk.refusal(app.calls.emails.add({ accountId, email }))).details.fields?.['email']?.code;
    expect(await codeOf(bo.email.toUpperCase())).toBe('taken');
    expect(await codeOf(desk.person.email.toUpperCase())).toBe('duplicate');
    expect(await codeOf('no address')).toBe('not-an-email');
  });
};

/** Beyond the hour of an access token: the pair is renewed, more than once. */
const renewTokens: Story = async (world) => {
  const clock = createManualClock();
  await atDesk(
    world,
    async (desk) => {
      await desk.signIn('browser');
      for (let hours = 0; hours < 3; hours += 1) {
        await clock.advance(3_700_000);
        expect(await desk.read()).toMatchObject({ source: 'provider' });
      }
      await desk.restart();
      expect(await desk.read()).toMatchObject({ source: 'provider' });
    },
    { isSignedIn: false, ports: { clock } },
  );
};

export const giteaStories: Readonly<Record<string, Story>> = {
  'K9 proves a key on its page': proveKey,
  'E11 puts a key under another title': replaceKey,
  'K4 says why a key is refused': refuseKeys,
  'R5 says why an e-mail address is refused': refuseEmails,
  'R2 renews what the browser brought': renewTokens,
};
