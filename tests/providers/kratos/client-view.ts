// What a client goes by in an answer of Kratos: that is what a stand-in has to have in common with it.

const words: readonly string[] = ['type', 'group', 'name', 'state', 'status', 'code', 'method', 'aal', 'id'];

/** Numbers of messages, and names that stand for something; an id of a thing does not. */
function isWord(key: string, value: unknown): boolean {
  if (!words.includes(key)) return false;
  return typeof value === 'number' || (typeof value === 'string' && /^[a-z0-9_ .]+$/i.test(value));
}

interface Message {
  readonly id: number;
  readonly type: string;
  readonly context?: object;
}

interface Node {
  readonly group: string;
  readonly attributes: {
    readonly name?: string;
    readonly id?: string;
    readonly value?: unknown;
    readonly text?: object;
  };
  readonly messages: readonly Message[];
  readonly meta: { readonly label?: Message };
}

interface Form {
  readonly identity?: object;
  readonly transient_payload?: object;
  readonly ui: { readonly nodes: readonly Node[] | null; readonly messages?: readonly Message[] };
}

/**
 * Of a form the parts, their values and what is said of them; of the person's own traits, which the schema tells of,
 * what is said.
 */
function view(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  if (!('ui' in body)) return body;
  const { ui, identity, transient_payload: _sent, ...rest } = body as Form;
  const nodes = ui.nodes?.filter(({ group, messages }) => group !== 'profile' || messages.length > 0);
  return {
    ...rest,
    identity: identity && { ...identity, state_changed_at: undefined, traits: undefined },
    ui: { ...ui, nodes: nodes?.map(viewNode) ?? null },
  };
}

function viewNode({ group, attributes, messages, meta }: Node): object {
  const { name = attributes.id, value, text } = attributes;
  const said = { name, messages: messages.map(({ id, type, context }) => ({ id, type, context })) };
  if (group === 'profile') return { group, ...said };
  return { group, ...said, value: value === '' ? undefined : value, text, label: meta.label?.context };
}

export const clientView = { isWord, view };
