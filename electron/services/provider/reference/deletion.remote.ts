import * as z from 'zod';

/** Plain strings, no closed lists: a later server may keep or delete more than we know. */
const kinds = z.array(z.string().max(100)).max(50);

export const remoteDeletionSchema = z.object({
  canDelete: z.boolean(),
  reason: z.string().max(100).nullish(),
  deletes: kinds,
  keeps: kinds,
});
export type RemoteDeletion = z.infer<typeof remoteDeletionSchema>;
