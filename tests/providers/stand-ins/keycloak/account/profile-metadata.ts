import { profileAttributes, profileGroups, type ProfileAttribute } from '../../../keycloak/user-profile.ts';
import type { Switches } from '../realm-state.ts';

type Json = Readonly<Record<string, unknown>>;

/** What the realm says of each attribute that the person may see. */
export function describeProfile(switches: Switches) {
  const visible = profileAttributes.filter(({ permissions }) => permissions.view.includes('user'));
  const described = visible.map((attribute) => describe(attribute, switches));
  return { attributes: [...(switches.isInternationalized ? [locale] : []), ...described], groups: profileGroups };
}

/** Its choices are told elsewhere. */
const locale = {
  name: 'locale',
  displayName: 'locale',
  required: false,
  readOnly: false,
  validators: {},
  multivalued: false,
};

/** Roles of the person do not change it: `readOnly` is what the realm allows anybody. */
export function isReadOnly({ name, permissions }: ProfileAttribute, switches: Switches): boolean {
  if (name === 'username') return !switches.editsUsername;
  if (name === 'email') return switches.updatesEmailByAction;
  return !permissions.edit.includes('user');
}

function describe(attribute: ProfileAttribute, switches: Switches) {
  const { name, displayName, group, multivalued = false } = attribute;
  const annotations = name === 'email' ? emailAnnotations(switches) : attribute.annotations;
  return {
    name,
    displayName,
    required: attribute.required !== undefined || name === 'username',
    readOnly: isReadOnly(attribute, switches),
    ...(annotations && { annotations }),
    validators: listValidators(attribute),
    ...(group !== undefined && { group }),
    multivalued,
  };
}

function emailAnnotations({ updatesEmailByAction }: Switches): Json {
  return updatesEmailByAction ? { 'kc.required.action.supported': true } : {};
}

function listValidators({ validations = {}, multivalued = false }: ProfileAttribute): Json {
  const given = Object.entries(validations).map(([name, rule]) => [name, { ...rule, 'ignore.empty.value': true }]);
  return { ...(!multivalued && { multivalued: { max: '1' } }), ...Object.fromEntries(given) };
}
