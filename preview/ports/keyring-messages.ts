import * as z from 'zod';

// What passes between the key wrapper and its helper process.

export type HelperRequest = { readonly service: string; readonly account: string } & (
  | { readonly act: 'probe' | 'find' }
  | { readonly act: 'store'; readonly secret: Uint8Array }
);

const bytes = z.instanceof(Uint8Array);

export const helperReplySchema = z.discriminatedUnion('kind', [
  /** The key store answers. It may now ask the person for a password. */
  z.strictObject({ kind: z.literal('connected') }),
  z.strictObject({ kind: z.literal('absent'), cause: z.string() }),
  z.strictObject({ kind: z.literal('done') }),
  z.strictObject({ kind: z.literal('found'), secret: bytes }),
  z.strictObject({ kind: z.literal('missing') }),
  /** Locked, and not opened when asked; or no place for entries at all. */
  z.strictObject({ kind: z.literal('refused'), cause: z.string() }),
]);

export type HelperReply = z.infer<typeof helperReplySchema>;
