import type { FieldErrors } from '../contract/error-shape.ts';
import { looksPrivate } from '../private-text.ts';

// What a key that is made here may be called and locked with (K10). No zod in this file: the renderer judges by it
// while the person types, and the services before they make one.

/** Types and sizes as `ssh-keygen -t -b` takes them; the usual one first. */
export const madeKeyKinds = ['ed25519', 'ecdsa-256', 'ecdsa-384', 'ecdsa-521', 'rsa-3072', 'rsa-4096'] as const;
export type MadeKeyKind = (typeof madeKeyKinds)[number];

/** What services name in their rules. */
export const keyFamilies = ['ed25519', 'ecdsa', 'rsa'] as const;
export type KeyFamily = (typeof keyFamilies)[number];

export function familyOf(kind: MadeKeyKind): KeyFamily {
  return keyFamilies.find((family) => kind.startsWith(family)) ?? 'ed25519';
}

/**
 * Characters (code points). `ssh-keygen` takes no shorter passphrase; `ssh` reads 1,023 bytes of one, which are at
 * least 255 characters.
 */
export const madeKeyLimits = { minPassphrase: 5, maxPassphrase: 255, comment: 200, fileName: 100 } as const;

export interface KeyWish {
  readonly comment: string;
  /** Null for the vault alone. */
  readonly file: { readonly name: string; readonly passphrase: string } | null;
}

/** As keyboards give it: who types it in a terminal gets the same bytes. */
export function prepareKeyPassphrase(typed: string): string {
  return typed.normalize('NFC');
}

/**
 * What may have been typed where a key was made elsewhere: as it is, composed (NFC), decomposed (NFD); no form twice.
 */
export function keyPassphraseForms(typed: string): readonly [string, ...string[]] {
  const others = new Set([typed.normalize('NFC'), typed.normalize('NFD')]);
  others.delete(typed);
  return [typed, ...others];
}

/** Of a file that is exported: any length that `ssh` reads. Undefined where there is nothing to say against it. */
export function judgeExportPassphrase(typed: string): FieldErrors[string] | undefined {
  return judgePassphrase(prepareKeyPassphrase(typed), 0);
}

/** By field (`comment`, `fileName`, `passphrase`); empty where there is nothing to say against it. */
export function checkKeyWish({ comment, file }: KeyWish): FieldErrors {
  const faults = {
    comment: judgeComment(comment),
    fileName: file ? judgeName(file.name) : undefined,
    // None at all is a choice of the person's.
    passphrase:
      file && file.passphrase !== ''
        ? judgePassphrase(prepareKeyPassphrase(file.passphrase), madeKeyLimits.minPassphrase)
        : undefined,
  };
  return Object.fromEntries(Object.entries(faults).flatMap(([field, fault]) => (fault ? [[field, fault]] : [])));
}

type Fault = FieldErrors[string] | undefined;

/** It goes into the file and to the services, and a terminal shows it. */
function judgeComment(comment: string): Fault {
  if (looksPrivate(comment)) return { code: 'private-key' };
  if (hasControls(comment)) return { code: 'control-characters' };
  return lengthOf(comment) > madeKeyLimits.comment ? { code: 'too-long', limit: madeKeyLimits.comment } : undefined;
}

/** What SSH reads by itself, in the same folder. */
const names = /^(?:authorized_keys2?|known_hosts2?|config|environment|rc|allowed_signers)$/i;
const windowsDevices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

function judgeName(name: string): Fault {
  if (name === '') return { code: 'required' };
  if (lengthOf(name) > madeKeyLimits.fileName) return { code: 'too-long', limit: madeKeyLimits.fileName };
  const isPlain = /^[A-Za-z0-9_][A-Za-z0-9_.@+-]*$/.test(name) && !/\.(?:pub)?$/i.test(name);
  return isPlain && !names.test(name) && !windowsDevices.test(name) ? undefined : { code: 'not-valid' };
}

function judgePassphrase(passphrase: string, min: number): Fault {
  // `ssh` reads one line: it could never be typed there.
  if (hasControls(passphrase)) return { code: 'control-characters' };
  if (lengthOf(passphrase) < min) return { code: 'too-short', limit: min };
  const { maxPassphrase } = madeKeyLimits;
  return lengthOf(passphrase) > maxPassphrase ? { code: 'too-long', limit: maxPassphrase } : undefined;
}

const lengthOf = (text: string): number => Array.from(text).length;
const hasControls = (text: string): boolean => /\p{Cc}|[\u2028\u2029]/u.test(text);
