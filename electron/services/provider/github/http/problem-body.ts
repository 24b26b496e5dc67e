import * as z from 'zod';
import type { Refusal } from '../../../http/refusal.ts';

const text = z.string().max(10_000);

const remoteProblemSchema = z.object({
  message: text,
  /** Of 422. `custom` codes are told apart by the text alone; some entries are a text only. */
  errors: z
    .array(z.union([text, z.object({ field: text.nullish(), code: text.nullish(), message: text.nullish() })]))
    .max(100)
    .nullish(),
});

export interface Fault {
  /** Empty where it names none. */
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** Empty where it says nothing. */
export function messageOf({ body }: Pick<Refusal, 'body'>): string {
  return remoteProblemSchema.safeParse(body).data?.message ?? '';
}

/** What was wrong with what was sent. */
export function faultsOf({ body }: Pick<Refusal, 'body'>): readonly Fault[] {
  const { errors } = remoteProblemSchema.safeParse(body).data ?? {};
  return (errors ?? []).map((each) => {
    if (typeof each === 'string') return { field: '', code: 'custom', message: each };
    return { field: each.field ?? '', code: each.code ?? '', message: each.message ?? '' };
  });
}
