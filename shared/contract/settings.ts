import * as z from 'zod';
import { call, event } from '../rpc/define.ts';
import { nothing } from './base.ts';

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
});
export type Settings = z.infer<typeof settingsSchema>;

export const settings = {
  get: call(nothing, settingsSchema),
  update: call(settingsSchema.partial(), settingsSchema),
  changed: event(settingsSchema),
};
