import { parseArgs } from 'node:util';
import type { IdentityProvider } from './features/identities/identities.schemas.ts';
import { parseIdentityProvider } from './features/identities/identity-provider.ts';
import { isLoopback } from '../shared/rules/loopback.ts';
import { parsePublicAddress } from './http/own-origins.ts';
import { presetIds } from '../shared/presets.ts';
import type { Preset } from './presets/preset.ts';
import { defaultPreset, findPreset } from './presets/presets.ts';

export interface ServerArguments {
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string;
  readonly preset: Preset;
  readonly resetDemoPassword: boolean;
  readonly permissions: readonly string[] | undefined;
  readonly forceMfa: boolean;
  readonly isDevelopment: boolean;
  readonly identityProviders: readonly IdentityProvider[];
  readonly publicAddresses: readonly string[];
  readonly maxSessions: number | undefined;
  /** E-mail address or username of an account whose failures are taken back. */
  readonly unlock: string | undefined;
  readonly help: boolean;
}

/** A command line that cannot be followed; its message is one line for the person who typed it. */
export class UsageError extends Error {}

export const usage = `Profile Desk reference API

  npm run server -- [flags]

  --port NUMBER            8787 if left out; 0 takes a free one    PROFILE_DESK_PORT
  --host ADDRESS           loopback only: 127.0.0.1, ::1, localhost
  --data FOLDER            .data/server if left out                PROFILE_DESK_DATA
  --preset NAME            ${presetIds.join(', ')}    PROFILE_DESK_PRESET
  --reset-demo-password    make and print a new password for the demo account
  --permissions A,B        exactly these permissions for the demo account
  --force-mfa              the demo account must have a second factor
  --identity-provider ISSUER,CLIENT_ID[,NAME]
                           may be given several times; the client is public, its redirect
                           http://127.0.0.1/callback    PROFILE_DESK_IDENTITY_PROVIDERS (parted by spaces)
  --public-address URL     where clients reach it, if not at the address it listens on (a proxy,
                           a tunnel): ID tokens are bound to that. May be given several times
                           PROFILE_DESK_PUBLIC_ADDRESSES (parted by spaces)
  --max-sessions NUMBER   of one person, 500 if left out: one more sign-in ends the oldest
  --unlock NAME            take back the wrong passwords and codes counted for this e-mail address
                           or username: after a hundred wrong codes only that opens the account
                           to its devices again
  --development            show the mails sent at /dev/outbox; control-account also
                           takes /dev/utilization and /dev/daily-report
  --help`;

/** Flags win over the environment. Errors: UsageError. */
export function readArguments(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ServerArguments {
  const flags = parse(argv);
  return {
    port: readPort(flags.port ?? environment['PROFILE_DESK_PORT'] ?? '8787'),
    host: readHost(flags.host ?? '127.0.0.1'),
    dataFolder: flags.data ?? environment['PROFILE_DESK_DATA'] ?? '.data/server',
    preset: readPreset(flags.preset ?? environment['PROFILE_DESK_PRESET'] ?? defaultPreset.id),
    resetDemoPassword: flags['reset-demo-password'],
    permissions: flags.permissions
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    forceMfa: flags['force-mfa'],
    isDevelopment: flags.development,
    identityProviders: readIdentityProviders(
      flags['identity-provider'] ?? environment['PROFILE_DESK_IDENTITY_PROVIDERS']?.split(/\s+/) ?? [],
    ),
    publicAddresses: readPublicAddresses(
      flags['public-address'] ?? environment['PROFILE_DESK_PUBLIC_ADDRESSES']?.split(/\s+/) ?? [],
    ),
    maxSessions: readMaxSessions(flags['max-sessions']),
    unlock: readUnlock(flags.unlock),
    help: flags.help,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        preset: { type: 'string' },
        permissions: { type: 'string' },
        'force-mfa': { type: 'boolean', default: false },
        'identity-provider': { type: 'string', multiple: true },
        'public-address': { type: 'string', multiple: true },
        'max-sessions': { type: 'string' },
        unlock: { type: 'string' },
        development: { type: 'boolean', default: false },
        'reset-demo-password': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    // The first sentence names the flag; the rest explains the parser.
    throw new UsageError(String((error as Error).message).split('. ')[0]);
  }
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new UsageError(`"${text}" is not a port: give a number from 0 to 65535`);
  return port;
}

function readMaxSessions(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new UsageError(`"${text}" is not a number of sessions: give 1 to 999999`);
  return Number(text);
}

function readUnlock(name: string | undefined): string | undefined {
  if (name?.trim() === '') throw new UsageError('--unlock needs the e-mail address or the username of an account');
  return name;
}

function readHost(host: string): string {
  // As a URL writes it.
  const hostname = host.includes(':') ? `[${host}]` : host;
  if (!isLoopback(hostname))
    throw new UsageError(`"${host}" is not a loopback address: give 127.0.0.1, ::1 or localhost`);
  return host;
}

function readPreset(id: string): Preset {
  const preset = findPreset(id);
  if (!preset) throw new UsageError(`there is no preset "${id}": give one of ${presetIds.join(', ')}`);
  return preset;
}

function readIdentityProviders(texts: readonly string[]): IdentityProvider[] {
  const providers = texts
    .filter((text) => text !== '')
    .map((text) => {
      const provider = parseIdentityProvider(text);
      if (!provider)
        throw new UsageError(
          `"${text}" is not an identity provider: give ISSUER,CLIENT_ID with an issuer that begins with https://`,
        );
      return provider;
    });
  const twice = providers.find(({ issuer }, at) => providers.findIndex((other) => other.issuer === issuer) !== at);
  if (twice) throw new UsageError(`the identity provider ${twice.issuer} is given twice`);
  return providers;
}

function readPublicAddresses(texts: readonly string[]): string[] {
  return texts
    .filter((text) => text !== '')
    .map((text) => {
      const address = parsePublicAddress(text);
      if (address === undefined)
        throw new UsageError(
          `"${text}" is not a public address: give a URL that begins with https://, or one of this computer`,
        );
      return address;
    });
}
