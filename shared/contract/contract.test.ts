import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { AppError, errorCodes } from './errors.ts';
import { errorShapeSchema } from './error-shape.ts';
import { contract } from './index.ts';

/** Every property of every schema that leaves towards the screen, as `channel: path`. */
function outgoingProperties(): string[] {
  return Object.entries(contract).flatMap(([group, verbs]) =>
    Object.entries(verbs).flatMap(([verb, entry]) => {
      const schema = entry.kind === 'call' ? entry.output : entry.payload;
      return properties(z.toJSONSchema(schema, { unrepresentable: 'any' }) as Json).map(
        (path) => `${group}.${verb}: ${path}`,
      );
    }),
  );
}

type Json = {
  properties?: Record<string, Json>;
  anyOf?: Json[];
  oneOf?: Json[];
  items?: Json;
  additionalProperties?: Json | boolean;
};

function properties(schema: Json, path = ''): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [
    `${path}${name}`,
    ...properties(inner, `${path}${name}.`),
  ]);
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.items ? [schema.items] : [])];
  return [...own, ...parts.flatMap((part) => properties(part, path))];
}

function objectsOf(schema: Json): Json[] {
  const inner = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.items ? [schema.items] : []),
  ];
  return [...(schema.properties ? [schema] : []), ...inner.flatMap(objectsOf)];
}

describe('D2 contract', () => {
  it('lets no secret out but those that must be shown once, each named here', () => {
    // Whether there is one, of which key and until when, but not what it is.
    const saysWhether = /hasPrivateHalf$|tokenEndsAt$|pendingSecret(?:Until|\.keyId|\.until)?$/;
    const secretWords =
      /token|secret|password|private|passphrase|(?<![a-z])codes\.code$|vaultkey|apikey|seed|credential|link(?!ed)/i;
    const allowed = [
      // The embedded demo account's own password, made on this computer for its sign-in screen (D7).
      'accounts.inspect: demo.password',
      // A secret for an authenticator, as text and as link: made at enrolment (W10, E4), generated or typed (C5).
      'mfa.beginEnrolment: otp.secret',
      'mfa.beginEnrolment: otp.link',
      // Recovery codes (E5): the first set when it is made, and again after re-authentication.
      'mfa.confirmEnrolment: recoveryCodes.codes.code',
      'mfa.generateSecret: secret',
      'mfa.describeSecret: secret',
      'mfa.describeSecret: link',
      'mfa.useSecret: recoveryCodes.codes.code',
      'recoveryCodes.show: codes.code',
      'recoveryCodes.renew: codes.code',
      // A new API key (W7, E7), shown once where its provider shows it once, and one that can be shown again.
      'apiKey.generate: newApiKey',
      'apiKey.rotate: newApiKey',
      'apiKey.reveal: apiKey',
      'apiKey.resume: newApiKey',
      // The secret of a new access key (C7), until Done.
      'accessKeys.create: newKey.secretKey',
      // The same of one that took the place of another (R7).
      'accessKeys.rotate: newKey.secretKey',
      'accessKeys.resume: newKey.secretKey',
      'rotation.beginAccessKey: made.newKey.secretKey',
      'rotation.renewApiKey: made.newApiKey',
    ];
    const sent = outgoingProperties().filter((property) =>
      secretWords.test((property.split(': ').at(-1) ?? '').replace(saysWhether, '')),
    );
    expect(sent).toEqual(allowed);
  });

  it('has strict outputs everywhere: an extra field fails instead of leaking', () => {
    for (const verbs of Object.values(contract)) {
      for (const entry of Object.values(verbs)) {
        const schema = z.toJSONSchema(entry.kind === 'call' ? entry.output : entry.payload, {
          unrepresentable: 'any',
        }) as Json;
        for (const object of objectsOf(schema)) expect(object.additionalProperties).toBe(false);
      }
    }
  });

  it('carries every error code over and back unchanged', () => {
    for (const code of errorCodes) {
      const shape = errorShapeSchema.parse(new AppError(code, { permission: 'Users Edit' }).toShape());
      expect(AppError.fromShape(shape)).toMatchObject({ code, details: { permission: 'Users Edit' } });
    }
  });
});
