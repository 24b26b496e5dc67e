import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { hasOathtool } from '../../support/oathtool.ts';
import { conversation, needsOathtool } from '../keycloak/conversation/index.ts';
import type { KeycloakWorld } from '../keycloak/conversation/world.ts';
import { Notes, type Note } from '../keycloak/notes.ts';
import { startStandInWorld } from '../stand-ins/keycloak/stand-in-world.ts';
import { startMailCatcher, type MailCatcher } from '../../support/mail-catcher.ts';
import { openRealWorld } from './keycloak/keycloak-world.ts';

const keycloak = inject('keycloak');
const isMissing = 'missing' in keycloak;

// The stand-in is judged by the real one: the same is asked of both, and the shapes of the answers are equal.

describe.skipIf(isMissing)(`Keycloak${isMissing ? `: ${keycloak.missing}` : ` ${keycloak.version}`}`, () => {
  let standIn: KeycloakWorld & AsyncDisposable;
  let mails: MailCatcher;
  let keycloakWorld: KeycloakWorld;
  beforeAll(async () => {
    [standIn, mails] = await Promise.all([startStandInWorld(), startMailCatcher()]);
    keycloakWorld = openRealWorld(isMissing ? '' : keycloak.base, mails);
  });
  afterAll(async () => {
    await standIn[Symbol.asyncDispose]();
    await mails[Symbol.asyncDispose]();
  });

  for (const [name, talk] of Object.entries(conversation))
    it.skipIf(needsOathtool(talk) && !hasOathtool)(`answers as the stand-in does: ${name}`, async () => {
      const [real, played] = [new Notes(), new Notes()];
      await Promise.all([talk(keycloakWorld, real), talk(standIn, played)]);
      expect(played.list.map(asOneOf(real.list))).toEqual(real.list);
    });
});

/** A page of the stand-in has no looks, and only the fields that a client of it fills in: those have to be there. */
function asOneOf(real: readonly Note[]): (played: Note, index: number) => Note {
  return (played, index) => {
    const other = real[index];
    return other && isPage(played.seen) && isPage(other.seen) && isWithin(played.seen, other.seen)
      ? { ...played, seen: other.seen }
      : played;
  };
}

type Forms = Readonly<Record<string, readonly string[]>>;

function isPage(seen: unknown): seen is Forms {
  return typeof seen === 'object' && seen !== null && Object.values(seen).every((fields) => Array.isArray(fields));
}

function isWithin(played: Forms, real: Forms): boolean {
  return Object.entries(played).every(([form, fields]) => fields.every((field) => real[form]?.includes(field)));
}
