import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../electron/services/page/content-security-policy.ts';
import { bootApp, type BootedApp } from './boot-app.ts';
import { buildApp, files } from './build-app.ts';

const built = await buildApp();
let app: BootedApp;
beforeAll(async () => {
  app = bootApp(built);
  await app.waitFor('window.show');
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const guards = {
  'content-security-policy': contentSecurityPolicy({ connectSrc: "'none'" }),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

describe('D1 app:// serves the built renderer and nothing else', () => {
  it.each([
    ['app://profile-desk/index.html', 'renderer/index.html', 'text/html; charset=utf-8'],
    ['app://profile-desk/index.html?a=1#/profile', 'renderer/index.html', 'text/html; charset=utf-8'],
    ['app://profile-desk/assets/index-1a2b.js', 'renderer/assets/index-1a2b.js', 'text/javascript; charset=utf-8'],
    ['app://profile-desk/assets/index-1a2b.css', 'renderer/assets/index-1a2b.css', 'text/css; charset=utf-8'],
  ] as const)('%s', async (url, file, type) => {
    const { status, headers, body } = await app.does.open(url);
    expect({ status, body }).toEqual({ status: 200, body: files[file] });
    expect(headers).toMatchObject({ ...guards, 'content-type': type });
  });

  it('loads the page from there', async () => {
    const start = await app.waitFor('window.loadURL');
    expect(start.detail).toBe('app://profile-desk/index.html');
    expect((await app.does.open(String(start.detail))).status).toBe(200);
  });

  it.each([
    'app://profile-desk/',
    'app://profile-desk/missing.html',
    'app://profile-desk/assets/',
    'app://profile-desk/assets',
    'app://profile-desk//index.html',
    'app://profile-desk/../secret.html',
    'app://profile-desk/assets/../../secret.html',
    'app://profile-desk/..%2fsecret.html',
    'app://profile-desk/%2e%2e/secret.html',
    'app://profile-desk/%2e%2e%2fsecret.html',
    'app://profile-desk/..%5csecret.html',
    'app://profile-desk/..\\secret.html',
    'app://profile-desk/index%2ehtml',
    'app://profile-desk/index.html%00.js',
    'app://profile-desk/INDEX.HTML',
    'app://profile-desk/notes.txt',
    'app://profile-desk/__proto__',
    'app://profile-desk/constructor',
    'app://other-host/index.html',
    'app://profile-desk:1/index.html',
  ])('answers 404 to %s, with the same guards and no content', async (url) => {
    const { status, headers, body } = await app.does.open(url);
    expect({ status, body }).toEqual({ status: 404, body: '' });
    expect(headers).toMatchObject(guards);
  });

  it.each(['POST', 'PUT', 'DELETE', 'HEAD'])('refuses %s', async (method) => {
    expect(await app.does.open('app://profile-desk/index.html', method)).toMatchObject({ status: 405, body: '' });
  });
});
