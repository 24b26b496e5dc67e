import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createHttpClient } from '../../electron/services/http/http-client.ts';
import { createCappedFetch } from '../../electron/services/openid/capped-fetch.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { makeCertificates } from './certificates.ts';
import { serveHttps, type FaultServer } from './fault-server.ts';
import { reply } from './faults.ts';

const certificates = makeCertificates();
const folder = makeTempFolder();
let ours: FaultServer;
let strangers: FaultServer;
let count = 0;
beforeAll(async () => {
  // Where OpenSSL finds the system's issuers on Linux. It is read when somebody asks for them.
  writeFileSync(join(folder.path, 'issuers.pem'), certificates.authority);
  process.env['SSL_CERT_FILE'] = join(folder.path, 'issuers.pem');
  ours = await serveHttps((request, response) => {
    count += 1;
    reply('{"name":"Ada"}')(request, response);
  }, certificates.good);
  strangers = await serveHttps(reply('{"name":"Eve"}'), certificates.selfSigned);
});
afterAll(async () => {
  await Promise.all([ours.close(), strangers.close()]);
  folder[Symbol.dispose]();
});

const client = createHttpClient({ clock: createSystemClock(), userAgent: 'ProfileDesk/test' });
const post = (url: string) => client.send({ method: 'POST', url, body: {}, schema: z.object({ name: z.string() }) });

describe.skipIf(process.platform !== 'linux')('D2 a certificate of an issuer that only this computer trusts', () => {
  it('is taken, by all who ask at once, and each request is sent once', async () => {
    const answers = await Promise.all([post(ours.address), post(ours.address), post(ours.address)]);
    expect(answers.map(({ body }) => body.name)).toEqual(['Ada', 'Ada', 'Ada']);
    expect(count).toBe(3);
  });

  it('is taken of an identity provider too', async () => {
    expect(
      await (
        await createCappedFetch()(ours.address, { body: undefined, headers: {}, method: 'GET', redirect: 'manual' })
      ).json(),
    ).toEqual({ name: 'Ada' });
  });

  it('is still refused of anybody else', async () => {
    await expect(post(strangers.address)).rejects.toMatchObject({
      code: 'untrusted-answer',
      details: { reason: 'certificate-not-trusted' },
    });
    await expect(
      createCappedFetch()(strangers.address, { body: undefined, headers: {}, method: 'GET', redirect: 'manual' }),
    ).rejects.toMatchObject({ details: { reason: 'certificate-not-trusted' } });
  });
});
