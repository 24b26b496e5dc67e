import * as z from 'zod';
import { call } from '../rpc/define.ts';
import { accountInput, instant, text } from './base.ts';

/** The screens that tell of the calls behind them. */
export const apiScreens = ['profile', 'security', 'sessions', 'identity-keys'] as const;

export const apiOperationSchema = z.strictObject({
  /** As the provider's document names it. */
  id: z.string().max(200),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** With its parameters in braces, after the provider's address. */
  path: z.string().max(500),
  summary: z.string().max(500),
});

const itemId = z.string().min(1).max(200);
const newKey = { name: text, expiresAt: instant.nullable() };
const nothingMore = <C extends string>(channel: C) => z.strictObject({ channel: z.literal(channel) });

/** A dangerous act by its channel, with what its request holds but for secrets: those stay out and are shown masked. */
export const actSchema = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('password.change'), endOtherSessions: z.boolean() }),
  nothingMore('mfa.turnOff'),
  z.strictObject({ channel: z.literal('mfa.removeDevice'), deviceId: itemId }),
  nothingMore('recoveryCodes.renew'),
  z.strictObject({ channel: z.literal('sessions.close'), ids: z.array(itemId).min(1).max(20_000) }),
  nothingMore('sessions.closeOthers'),
  z.strictObject({ channel: z.literal('apiKey.generate'), ...newKey }),
  nothingMore('apiKey.rotate'),
  nothingMore('apiKey.remove'),
  z.strictObject({ channel: z.literal('accessKeys.create'), ...newKey }),
  z.strictObject({ channel: z.literal('accessKeys.setActive'), keyId: itemId, isActive: z.boolean() }),
  z.strictObject({ channel: z.literal('accessKeys.remove'), keyId: itemId }),
  z.strictObject({ channel: z.literal('sshKeys.remove'), keyId: itemId }),
  z.strictObject({ channel: z.literal('deletion.remove'), email: text }),
  z.strictObject({ channel: z.literal('linkedAccounts.unlink'), linkedAccountId: itemId }),
]);

export const requestPreviewSchema = z.strictObject({
  operation: apiOperationSchema,
  url: z.string().max(4_000),
  headers: z.array(z.strictObject({ name: z.string().max(100), value: z.string().max(2_000) })).max(20),
  /** Indented JSON, cut after 20,000 characters; null without a body. */
  body: z.string().max(20_100).nullable(),
});

export type ApiScreen = (typeof apiScreens)[number];
export type ApiOperation = z.infer<typeof apiOperationSchema>;
export type Act = z.infer<typeof actSchema>;
export type RequestPreview = z.infer<typeof requestPreviewSchema>;

/** The calls behind the screens (E13), and what an act would send (X9). */
export const apiCalls = {
  /** From the provider's own document. Fails with `not-offered`: it has none. */
  list: call(
    accountInput.extend({ screen: z.enum(apiScreens) }),
    z.strictObject({ address: z.string().max(2_000), operations: z.array(apiOperationSchema).max(200) }),
    ['not-offered'],
  ),
  /** Made by what would send it; nothing is changed by asking. */
  preview: call(accountInput.extend({ act: actSchema }), requestPreviewSchema, ['not-offered']),
};
