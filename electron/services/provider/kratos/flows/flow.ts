import * as z from 'zod';

// A flow: what Kratos makes of a form that is filled in once, with what it has to say of it.

const text = z.string().max(100_000);

const remoteMessageSchema = z.object({
  /** Of the message in every language; a newer server has more of them. */
  id: z.number(),
  text: text.nullish(),
  type: z.string().max(50).nullish(),
  context: z.record(z.string(), z.unknown()).nullish().catch(undefined),
});
export type RemoteMessage = z.infer<typeof remoteMessageSchema>;

const remoteNodeSchema = z.object({
  group: z.string().max(100),
  /** An input has a name; a text, a picture or a link has an id. */
  attributes: z.object({
    name: z.string().max(1_000).optional(),
    id: z.string().max(1_000).optional(),
    value: z.unknown().optional(),
    text: remoteMessageSchema.nullish(),
  }),
  messages: z.array(remoteMessageSchema).max(100).nullish(),
  meta: z.object({ label: remoteMessageSchema.nullish() }).nullish(),
});
export type RemoteNode = z.infer<typeof remoteNodeSchema>;

export const remoteFlowSchema = z.object({
  id: z.string().min(1).max(200),
  /** RFC 3339. */
  expires_at: z.string().max(100).nullish(),
  ui: z.object({
    /** Null where there is nothing to fill in. */
    nodes: z
      .array(remoteNodeSchema)
      .max(10_000)
      .nullish()
      .transform((nodes) => nodes ?? []),
    messages: z.array(remoteMessageSchema).max(100).nullish(),
  }),
});
export type RemoteFlow = z.infer<typeof remoteFlowSchema>;

/** The part of a form: whether the operator has that method on, and the person may use it. */
export function hasGroup({ ui }: Pick<RemoteFlow, 'ui'>, group: string): boolean {
  return ui.nodes.some((node) => node.group === group);
}

export function nodesNamed({ ui }: Pick<RemoteFlow, 'ui'>, name: string): RemoteNode[] {
  return ui.nodes.filter(({ attributes }) => (attributes.name ?? attributes.id) === name);
}

export function hasNode(flow: Pick<RemoteFlow, 'ui'>, name: string): boolean {
  return nodesNamed(flow, name).length > 0;
}

/** The value of an input; undefined where there is none, or no text. */
export function textOf(flow: Pick<RemoteFlow, 'ui'>, name: string): string | undefined {
  const value = nodesNamed(flow, name)[0]?.attributes.value;
  return typeof value === 'string' ? value : undefined;
}
