import { ada, type Person } from '../../keycloak/people.ts';
import { makeUser, staff } from '../../keycloak/realm.ts';
import type { KeycloakAdmin } from './admin.ts';

// What an administrator switches on after the realm was made.

/** Off in a new realm. */
const actions = ['delete_account', 'UPDATE_EMAIL'];
const recoveryCodeForm = 'auth-recovery-authn-code-form';

interface Execution {
  readonly providerId?: string;
  readonly requirement: string;
}

export async function seedStaff(admin: KeycloakAdmin): Promise<void> {
  for (const action of actions) await setAction(admin, action, true);
  await allowRecoveryCodes(admin);
  await joinGroup(admin, ada, 'research/optics');
}

/** Whether the realm offers a required action, as `UPDATE_EMAIL`. */
export async function setAction(admin: KeycloakAdmin, alias: string, enabled: boolean): Promise<void> {
  const path = `${staff}/authentication/required-actions/${alias}`;
  const action = (await admin.ask('GET', path)) as object;
  await admin.ask('PUT', path, { ...action, enabled });
}

/** Only credentials that some step of a flow asks for are listed to the person. */
async function allowRecoveryCodes(admin: KeycloakAdmin): Promise<void> {
  const path = `${staff}/authentication/flows/browser/executions`;
  const executions = (await admin.ask('GET', path)) as readonly Execution[];
  const execution = executions.find(({ providerId }) => providerId === recoveryCodeForm);
  await admin.ask('PUT', path, { ...execution, requirement: 'ALTERNATIVE' });
}

async function joinGroup(admin: KeycloakAdmin, { username }: Person, path: string): Promise<void> {
  const { id } = (await admin.ask('GET', `${staff}/group-by-path/${path}`)) as { id: string };
  await admin.ask('PUT', `${staff}/users/${await findId(admin, username)}/groups/${id}`);
}

async function findId(admin: KeycloakAdmin, username: string): Promise<string> {
  const [user] = (await admin.ask('GET', `${staff}/users?exact=true&username=${username}`)) as { id: string }[];
  if (!user) throw new Error(`nobody is called ${username}`);
  return user.id;
}

/** A person of one test's own, with exactly the roles it names. */
export async function addPerson(admin: KeycloakAdmin, person: Person): Promise<void> {
  await admin.ask('POST', `${staff}/partialImport`, { ifResourceExists: 'FAIL', users: [makeUser(person)] });
}
