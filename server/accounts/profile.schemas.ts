import * as z from 'zod';

// Answers are exact; what a field may hold is checked in field-checks.ts, where each fault gets its own code.

const text = z.string();

export const userSchema = z
  .strictObject({
    id: text,
    firstName: text,
    lastName: text,
    username: text,
    role: text,
    company: text,
    registeredAt: z.iso.datetime(),
  })
  .meta({ id: 'User' });

export const contactSchema = z
  .strictObject({
    email: text,
    phone: text,
    addressLine1: text,
    addressLine2: text,
    city: text,
    state: text,
    postalCode: text,
    /** ISO 3166-1 alpha-2. */
    country: text,
  })
  .meta({ id: 'Contact' });

export const avatarSchema = z
  .strictObject({
    /** `data:image/png;base64,...`; PNG, JPEG or WebP. */
    image: text.nullable(),
  })
  .meta({ id: 'Avatar' });

export type User = z.infer<typeof userSchema>;
export type Contact = z.infer<typeof contactSchema>;
export type Avatar = z.infer<typeof avatarSchema>;

/** A JSON Merge Patch (RFC 7396): null empties the member. */
function mergePatch<Shape extends Record<string, z.ZodType>>(schema: z.ZodObject<Shape>) {
  const members = Object.keys(schema.shape) as (keyof Shape)[];
  type Patch = { [Member in keyof Shape]: z.ZodOptional<z.ZodNullable<z.ZodString>> };
  return z.strictObject(Object.fromEntries(members.map((member) => [member, text.nullable().optional()])) as Patch);
}

export const userPatchSchema = mergePatch(userSchema).meta({ id: 'UserPatch' });
export const contactPatchSchema = mergePatch(contactSchema).meta({ id: 'ContactPatch' });
export const avatarPatchSchema = mergePatch(avatarSchema).meta({ id: 'AvatarPatch' });

export type UserPatch = z.infer<typeof userPatchSchema>;
export type ContactPatch = z.infer<typeof contactPatchSchema>;
export type AvatarPatch = z.infer<typeof avatarPatchSchema>;
