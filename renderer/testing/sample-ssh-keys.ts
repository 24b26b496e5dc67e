import type { SshKey, ImportRow } from '../../shared/contract/keys/ssh-keys.ts';

const facts = {
  type: 'ssh-ed25519',
  bits: 256,
  sha256: 'SHA256:V7aI4RdcGIQX8z1XnQ0gVtl8tAZkMNBSuMPuw4TYpTU',
  md5: 'MD5:2a:d1:70:5c:9e:33:0f:b8:44:61:ea:d7:90:1b:c5:f2',
};

export const sampleRandomart = [
  '+--[ED25519 256]--+',
  '|        .o+=.    |',
  '|       . o=o .   |',
  '|      . o.+ + .  |',
  '|     . =.= = o   |',
  '|      = S.* +    |',
  '|     . =.B =     |',
  '|      ..* o o    |',
  '|      E+ o . .   |',
  '|      oo+.o      |',
  '+----[SHA256]-----+',
].join('\n');

export function sampleSshKey(changes: Partial<SshKey> = {}): SshKey {
  return {
    id: 'ik1',
    title: 'mara@work',
    ...facts,
    addedAt: '2026-02-01T08:15:00.000Z',
    lastUsedAt: '2026-02-27T16:40:00.000Z',
    verifiedAt: null,
    hasPrivateHalf: false,
    isInAgent: false,
    inAgentUntil: null,
    ...changes,
  };
}

/** A plain private key that was accepted. */
export function sampleImportRow(changes: Partial<ImportRow> = {}): ImportRow {
  return {
    rowId: 'r1',
    fileName: 'id_ed25519',
    place: null,
    realPath: null,
    verdict: 'accepted',
    problems: [],
    kind: 'private',
    origin: 'own',
    format: 'openssh',
    ...facts,
    comment: 'mara@work',
    isEncrypted: false,
    title: 'mara@work',
    sameAs: null,
    duplicateOf: null,
    isAdded: false,
    ...changes,
  };
}

/** Of nobody's key. */
export const sampleSignature = [
  '-----BEGIN SSH SIGNATURE-----',
  ...Array.from({ length: 4 }, () => 'U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgAAAAAAAAAAAAAAAAAAAAAAAAAA'),
  '-----END SSH SIGNATURE-----',
  '',
].join('\n');
