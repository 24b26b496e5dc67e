import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tryToRun } from '../../../support/ssh-tools.ts';
import { makeTempFolder } from '../../../support/temp-folder.ts';
import type { Answer } from '../serve-stand-in.ts';
import { verificationToken } from './key-routes.ts';
import type { GiteaKey, GiteaPerson, GiteaState } from './state.ts';
import { escapeHtml, page } from '../web-page.ts';

// The form in which the owner of a key proves it: no route of the API takes the signature.

/** `?verify_ssh=FINGERPRINT` opens the form. */
export function keysPage(state: GiteaState, person: GiteaPerson, url: URL): string {
  const asked = url.searchParams.get('verify_ssh');
  const items = state.keys
    .filter(({ owner }) => owner === person)
    .map((key) => {
      const form = key.fingerprint === asked && !key.verified ? verifyForm(key, person) : '';
      const verified = key.verified ? '<b>Verified</b> ' : '';
      return `<li>${verified}${escapeHtml(key.title)} <code>${key.fingerprint}</code>${form}</li>`;
    });
  return page('Manage SSH Keys', `<ul>${items.join('')}</ul>`);
}

function verifyForm({ fingerprint }: GiteaKey, person: GiteaPerson): string {
  return `<form method="post" action="/user/settings/keys">
<input type="hidden" name="fingerprint" value="${fingerprint}">
<input readonly aria-label="Token" value="${verificationToken(person, new Date(), 1)}">
<textarea name="signature" aria-label="Armored SSH signature"></textarea>
<input type="hidden" name="type" value="verify_ssh"><button>Verify</button></form>`;
}

/** This minute's token or the last one's, as it is or with the line end that Windows adds. */
export async function answerVerification(state: GiteaState, person: GiteaPerson, body: string): Promise<Answer> {
  const form = new URLSearchParams(body);
  const key = state.keys.find(({ owner, fingerprint }) => owner === person && fingerprint === form.get('fingerprint'));
  if (!key || form.get('type') !== 'verify_ssh') return { status: 500, html: page('Internal Server Error', '') };
  const signature = form.get('signature') ?? '';
  for (const minutes of [1, 0] as const) {
    const token = verificationToken(person, new Date(), minutes);
    for (const text of [token, `${token}\r\n`]) {
      if (!(await isSignedBy(key, signature, text))) continue;
      key.verified = true;
      return { status: 303, headers: { location: '/user/settings/keys' } };
    }
  }
  return { status: 200, html: page('Manage SSH Keys', '<p role="alert">The token or signature is out of date.</p>') };
}

/** The last word has ssh-keygen. */
async function isSignedBy({ content }: GiteaKey, signature: string, text: string): Promise<boolean> {
  using folder = makeTempFolder();
  const [signatureFile, signers] = [join(folder.path, 'signature'), join(folder.path, 'signers')];
  writeFileSync(signatureFile, signature.replaceAll('\r\n', '\n'));
  writeFileSync(signers, `owner ${content.split(' ').slice(0, 2).join(' ')}\n`);
  const options = ['-n', 'gitea', '-I', 'owner', '-f', signers, '-s', signatureFile];
  const { code } = await tryToRun('ssh-keygen', ['-Y', 'verify', ...options], { input: text });
  return code === 0;
}
