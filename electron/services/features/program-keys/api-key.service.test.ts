import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ApiKeySnapshot } from '../../../../shared/contract/keys/api-key.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { makeTempFolder } from '../../../../tests/support/temp-folder.ts';
import { AccountState } from '../../resources/account-state.ts';
import { createKeysDocument } from './keys-document.ts';
import type { FileStore, KeyWrapper } from '../../ports.ts';
import type { AccountApiKey, ApiKeyState } from '../../provider/account-keys.ts';
import { createSequence } from '../../core/sequence.ts';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { createTestKeyWrapper } from '../../testing/test-key-wrapper.ts';
import { openTestFiles, startStorage } from '../../testing/test-storage.ts';
import { ApiKeyService } from './api-key.service.ts';

const accountInput = { accountId: 'c1' };
const notOffered: ApiKeyState = {
  access: { kind: 'not-offered' },
  offers: [],
  url: 'https://api.example.com/me',
  key: null,
};

/** A provider that a test can change between two requests. */
class Remote implements AccountApiKey {
  made = 0;
  isOffered = true;
  /** So many answers get lost from now on. */
  failures = 0;
  state: ApiKeyState = { ...notOffered, access: { kind: 'editable' }, offers: ['name'] };

  async apiKeyState(): Promise<ApiKeyState> {
    this.#fail();
    return this.isOffered ? this.state : notOffered;
  }

  async makeApiKey({ name }: { readonly name: string }) {
    if (!this.isOffered) throw new AppError('not-found');
    this.made += 1;
    const secret = `pdk_secret_${this.made}00${this.made}`;
    const key = {
      name,
      lastFour: secret.slice(-4),
      createdAt: '2026-01-01T00:00:00.000Z',
      lastUsedAt: null,
      expiresAt: null,
    };
    this.state = { ...this.state, key };
    this.#fail();
    return { secret, key };
  }

  rotateApiKey = () => this.makeApiKey({ name: '' });
  revealApiKey = () => Promise.reject(new AppError('not-offered'));
  removeApiKey = async () => void (this.state = { ...this.state, key: null });
  tryApiKey = async () => true;

  #fail(): void {
    if (this.failures === 0) return;
    this.failures -= 1;
    throw new AppError('offline', { reason: 'connection-lost' });
  }
}

let remote: Remote;
let clock: ManualClock;
let service: ApiKeyService;
let emitted: ApiKeySnapshot[];

let start: () => void;
/** The disk is full, from now on or no more. */
let isFull: boolean;

beforeEach(() => {
  const folder = makeTempFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  remote = new Remote();
  clock = createManualClock();
  emitted = [];
  isFull = false;
  const files = openTestFiles(folder.path);
  const write: FileStore['write'] = async (...file) => {
    if (isFull) throw new AppError('storage-fault', { reason: 'disk-full' });
    return files.write(...file);
  };
  const keyWrapper = createTestKeyWrapper();
  start = () => startOn({ ...files, write }, keyWrapper);
  start();
});

/** Starts the service, or starts it again as after a restart of the app. */
function startOn(files: FileStore, keyWrapper: KeyWrapper): void {
  service = new ApiKeyService({
    signedIn: { request: (_id, act) => act(remote) },
    states: new AccountState(
      { isKnown: async () => true, tolerate: (write) => write().catch(() => undefined) },
      createKeysDocument(startStorage(files, keyWrapper)),
    ),
    reauth: { require: async () => undefined },
    clock,
    sequence: createSequence(clock),
    mustShow: async () => undefined,
    clipboard: { copySecret: async () => ({ clearsAt: '2026-01-01T00:00:30.000Z' }) },
    filePicker: { save: async () => null },
    describe: async () => ({ issuer: 'Test', account: 'ada' }),
    emit: (_channel, snapshot) => void emitted.push(snapshot),
  });
}

const get = async () => service.handlers.get({ ...accountInput, from: 'provider' });
const generate = async (name = 'x') => service.handlers.generate({ ...accountInput, name, expiresAt: null });
const resume = async () => (await service.handlers.resume(accountInput)).newApiKey;

describe('W7 API key', () => {
  it('is no longer offered when the capability disappears while its secret is pending (X6)', async () => {
    await generate();
    remote.isOffered = false;
    expect(await get()).toMatchObject({ access: { kind: 'not-offered' }, key: null, pendingSecretUntil: null });
    expect(await resume()).toBeNull();
    await expect(generate()).rejects.toMatchObject({ code: 'not-offered' });
    await expect(service.handlers.remove(accountInput)).resolves.toMatchObject({ key: null });
    expect(emitted.at(-1)?.access).toEqual({ kind: 'not-offered' });
  });

  it('is there again with its secret and its own end when the capability comes back (X6)', async () => {
    const { newApiKey } = await generate();
    await service.handlers.setOwnEnd({ ...accountInput, ownEnd: '2026-06-01T00:00:00.000Z' });
    remote.isOffered = false;
    await get();
    remote.isOffered = true;
    expect(await get()).toMatchObject({
      key: { ownEnd: '2026-06-01T00:00:00.000Z' },
      pendingSecretUntil: expect.any(String) as string,
    });
    expect(await resume()).toBe(newApiKey);
  });

  it('leaves no secret behind where the session ends before its answer comes', async () => {
    const make = remote.makeApiKey.bind(remote);
    remote.makeApiKey = async (key) => {
      const made = await make(key);
      service.clear('c1');
      return made;
    };
    await expect(generate()).rejects.toMatchObject({ code: 'unauthenticated', details: { reason: 'session-ended' } });
    expect(await resume()).toBeNull();
    expect(await get(), 'the answer that is gone with the session').toMatchObject({ isLost: true });
  });

  it('is told of as gone when it was deleted elsewhere, and its secret is held no longer', async () => {
    await generate();
    remote.state = { ...remote.state, key: null };
    expect(await get()).toMatchObject({ key: null, pendingSecretUntil: null });
  });

  it('is forgotten an hour after it was made, if nobody says Done', async () => {
    const { newApiKey } = await generate();
    await clock.advance(3_599_999);
    expect(await resume()).toBe(newApiKey);
    await clock.advance(1);
    expect(await resume()).toBeNull();
  });

  it('is the newest of two acts, in whatever order their answers would come', async () => {
    const [reading, made] = await Promise.all([get(), generate()]);
    expect(reading.sequence).toBeLessThan(made.snapshot.sequence);
  });

  it('is lost if it was made and its answer was not to be had, until a new one is made', async () => {
    await generate();
    const make = remote.makeApiKey.bind(remote);
    remote.makeApiKey = async (key) => {
      // The answer, and the first try to find out.
      remote.failures = 2;
      return make(key);
    };
    await expect(generate()).rejects.toMatchObject({ code: 'offline' });
    expect(await get()).toMatchObject({ isLost: true, pendingSecretUntil: null });
    remote.makeApiKey = make;
    expect((await generate()).snapshot).toMatchObject({ isLost: false });
    expect((await get()).isLost).toBe(false);
  });

  it('that failed to be made is not lost', async () => {
    remote.makeApiKey = () => Promise.reject(new AppError('offline', { reason: 'connection-lost' }));
    await expect(generate()).rejects.toMatchObject({ code: 'offline' });
    expect((await get()).isLost).toBe(false);
  });

  it('is not made while its making cannot be kept, so that none gets lost on a full disk', async () => {
    isFull = true;
    await expect(generate()).rejects.toMatchObject({ code: 'storage-fault', details: { reason: 'disk-full' } });
    await expect(service.rotate('c1')).rejects.toMatchObject({ code: 'storage-fault' });
    expect([remote.made, (await get()).key]).toEqual([0, null]);
    isFull = false;
    expect(await generate()).toMatchObject({ newApiKey: expect.any(String) as string, snapshot: { isLost: false } });
  });

  it('is found to be lost after a restart where the app ended before its answer came', async () => {
    const make = remote.makeApiKey.bind(remote);
    // The app ends here: nothing of this run is heard of any more.
    const isSent = new Promise<void>((resolve) => {
      remote.makeApiKey = async (key) => {
        await make(key);
        resolve();
        return new Promise(() => undefined);
      };
    });
    void generate('Backup');
    await isSent;
    start();
    expect(await get()).toMatchObject({ key: { name: 'Backup' }, isLost: true });
    start();
    expect(await get(), 'as long as the key is there').toMatchObject({ isLost: true });
    remote.makeApiKey = make;
    expect((await generate()).snapshot.isLost).toBe(false);
    start();
    expect((await get()).isLost).toBe(false);
  });

  it('that came is not lost after a restart, nor is one that was refused', async () => {
    await generate();
    start();
    expect((await get()).isLost).toBe(false);
    remote.rotateApiKey = () => Promise.reject(new AppError('forbidden'));
    await expect(service.rotate('c1')).rejects.toMatchObject({ code: 'forbidden' });
    // Another one, made elsewhere meanwhile.
    await remote.makeApiKey({ name: 'elsewhere' });
    expect((await get()).isLost).toBe(false);
  });
});
