// Keycloak's pages as far as a person's hands and a test's selectors go: the same forms and fields, no looks.

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** `message` is what went wrong with what was typed before. */
export function page(title: string, body: string, message?: string): string {
  const alert = message === undefined ? '' : `<p class="kc-feedback-text" role="alert">${escapeHtml(message)}</p>`;
  return `<!doctype html><html lang="en"><head><title>Sign in to Brightline staff</title></head>
<body><h1 id="kc-page-title">${escapeHtml(title)}</h1>${alert}${body}</body></html>`;
}

export function form(action: string, fields: string, id?: string): string {
  const named = id === undefined ? '' : ` id="${id}"`;
  return `<form${named} method="post" action="${escapeHtml(action)}">${fields}</form>`;
}

export function input(name: string, label: string, type = 'text', value = ''): string {
  const field = `<input id="${name}" name="${name}" type="${type}" value="${escapeHtml(value)}">`;
  return type === 'hidden' ? field : `<label for="${name}">${escapeHtml(label)}</label>${field}`;
}

/** `name` and `value` are sent with the form where this is what was pressed. */
export function button(id: string, label: string, name?: string, value = 'true'): string {
  const sent = name === undefined ? '' : ` name="${name}" value="${value}"`;
  return `<button type="submit" id="${id}"${sent}>${escapeHtml(label)}</button>`;
}

export function cancelButton(id = 'kc-cancel'): string {
  return button(id, 'Cancel', 'cancel-aia');
}

export const signOutOthers = `<label><input type="checkbox" name="logout-sessions" value="on">Sign out from other devices</label>`;

export function sorry(message: string): string {
  return page('We are sorry...', `<p class="instruction">${escapeHtml(message)}</p>`);
}
