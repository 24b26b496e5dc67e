import type { KeyVerdict } from '../inspect.ts';
import type { KeyKind } from '../key.ts';
import type { StatedOrigin } from './stated-origin.ts';

/** Whose key it is. `own`: its private half is at hand. `public-only`: it is not, so it can be anybody's. */
export type KeyOrigin = 'own' | 'public-only' | StatedOrigin;

/** What is looked at to tell whose key it is. */
export interface OriginFacts {
  readonly kind: KeyKind | null;
  readonly sha256: string | null;
  /** Empty if it has none. */
  readonly fileName: string;
  /** What its file or its line says. */
  readonly stated: StatedOrigin | null;
}

interface FoundKey extends Omit<OriginFacts, 'stated'> {
  readonly verdict: KeyVerdict | 'unreadable';
}

/** Where private halves are: their fingerprints, and the names of locked files that do not tell theirs. */
export interface Halves {
  readonly fingerprints: ReadonlySet<string>;
  readonly lockedNames: ReadonlySet<string>;
}

/**
 * Whose key it is (K6). A private key is the person's own. Of a public one, what its file says counts first: a key that
 * may log in here stays one though its private half is here too. Else it is their own only if its private half is on
 * this computer or in its agent; a `.pub` file alone can be anybody's. Null for what is no key.
 */
export function originOf({ kind, sha256, fileName, stated }: OriginFacts, halves: Halves): KeyOrigin | null {
  if (kind === null) return null;
  if (kind === 'private') return 'own';
  if (stated !== null) return stated;
  const hasPrivateHalf = sha256 !== null && halves.fingerprints.has(sha256);
  return hasPrivateHalf || halves.lockedNames.has(fileName.replace(/\.pub$/i, '')) ? 'own' : 'public-only';
}

/** All that the rows of an import tell of private halves, beside those that are held already. */
export function halvesAmong(rows: Iterable<FoundKey>, localHalves: ReadonlySet<string>): Halves {
  const fingerprints = new Set(localHalves);
  const lockedNames = new Set<string>();
  for (const { kind, sha256, fileName, verdict } of rows) {
    if (kind !== 'private') continue;
    if (sha256 !== null) fingerprints.add(sha256);
    else if (fileName !== '' && (verdict === 'needs-passphrase' || verdict === 'wrong-passphrase'))
      lockedNames.add(fileName);
  }
  return { fingerprints, lockedNames };
}
