// What the operator of the Kratos of the tests says of a person: one trait of each kind, and one that nobody can show.

const identifier = { credentials: { password: { identifier: true } } };

export const schemaId = 'person';

export const personSchema = {
  $id: 'https://example.org/person.schema.json',
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Person',
  type: 'object',
  properties: {
    traits: {
      type: 'object',
      properties: {
        email: {
          ...{ type: 'string', format: 'email', title: 'E-mail', minLength: 3, maxLength: 320 },
          'ory.sh/kratos': {
            credentials: { ...identifier.credentials, totp: { account_name: true }, passkey: { display_name: true } },
            verification: { via: 'email' },
            recovery: { via: 'email' },
          },
        },
        username: {
          ...{ type: 'string', title: 'Username', minLength: 3, maxLength: 40, pattern: '^[a-z0-9_.-]+$' },
          'ory.sh/kratos': identifier,
        },
        name: {
          type: 'object',
          properties: {
            first: { type: 'string', title: 'First name', maxLength: 60 },
            last: { type: 'string', title: 'Last name', maxLength: 60 },
          },
        },
        phone: { type: 'string', format: 'tel', title: 'Phone' },
        department: { type: 'string', title: 'Department', enum: ['Research', 'Sales', 'Support'] },
        languages: {
          ...{ type: 'array', title: 'Languages', maxItems: 2, uniqueItems: true },
          items: { type: 'string', enum: ['en', 'de', 'fr'] },
        },
        tags: { type: 'array', title: 'Tags', items: { type: 'string', maxLength: 10 } },
        seats: { type: 'integer', title: 'Seats', description: 'How many you need', minimum: 1, maximum: 9 },
        newsletter: { type: 'boolean', title: 'Newsletter' },
        website: { type: 'string', format: 'uri', title: 'Website' },
        birthday: { type: 'string', format: 'date', title: 'Birthday' },
        badge: { type: 'string', title: 'Badge', disableFormField: true },
        work: {
          ...{ type: 'object', title: 'Work' },
          properties: {
            desk: { type: 'string', title: 'Desk' },
            owner: { anyOf: [{ type: 'string' }, { type: 'number' }] },
          },
        },
      },
      required: ['email'],
      additionalProperties: false,
    },
  },
} as const;
