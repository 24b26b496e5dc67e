import { existsSync, globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import playwright from '../../playwright.config.ts';

// Nobody can run these files here: what can be known of them without their runners is held by these tests.

const root = join(import.meta.dirname, '../..');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** The reader of YAML that electron-builder brings along. */
const requireAsBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const yaml = createRequire(requireAsBuilder.resolve('app-builder-lib'))('js-yaml') as { load(text: string): unknown };

const names = globSync('.github/workflows/*', { cwd: root }).toSorted();
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const stepsOf = (name: string): readonly Step[] =>
  Object.values((yaml.load(read(name)) as Workflow).jobs).flatMap(({ steps }) => steps);

describe('D6 workflows', () => {
  it('are those that the documentation speaks of', () => {
    expect(names).toEqual(['fuzz', 'long', 'packages', 'test'].map((name) => `.github/workflows/${name}.yml`));
  });

  it('share the whole of the fuzz', () => {
    const { strategy, steps } = (yaml.load(read('.github/workflows/fuzz.yml')) as Workflow).jobs['fuzz']!;
    const parts = strategy?.matrix['part'] ?? [];
    expect(parts).toEqual(parts.map((_, at) => at + 1));
    const run = steps.find((step) => step.run === 'npm run test:fuzz');
    expect(run?.env).toEqual({ FUZZ_PART: `\${{ matrix.part }}/${parts.length}` });
  });

  describe.each(names)('%s', (name) => {
    const workflow = yaml.load(read(name)) as Workflow;

    it('takes each action at one commit, with its version beside it', () => {
      const uses = read(name)
        .split('\n')
        .filter((line) => /\buses:/.test(line));
      expect(uses.length).toBe(stepsOf(name).filter((step) => step.uses).length);
      expect(uses.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
    });

    it('gives each job leave to read the code, nothing else, and an end', () => {
      expect(workflow.permissions).toEqual({});
      for (const job of Object.values(workflow.jobs)) {
        expect(job.permissions).toEqual({ contents: 'read' });
        expect(job['timeout-minutes']).toBeGreaterThan(0);
      }
      expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
      const checkouts = stepsOf(name).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
      expect(checkouts.map((step) => step.with?.['persist-credentials'])).toEqual(checkouts.map(() => false));
    });

    it('runs only commands and files that there are', () => {
      const text = stepsOf(name)
        .map(({ run }) => run ?? '')
        .join('\n');
      const commands = [...text.matchAll(/npm (?:run )?(?!ci\b|sbom\b|run\b)([\w:-]+)/g)].map(([, command]) => command);
      expect(commands.length).toBeGreaterThan(0);
      expect(commands.filter((command) => !(command! in packageJson.scripts))).toEqual([]);
      const files = [...text.matchAll(/\b(?:build|scripts)\/[\w./-]+/g)].map(([file]) => file);
      expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    });

    it('lets nothing from outside into a command line, and keeps the sandbox', () => {
      expect(read(name)).not.toMatch(/\$\{\{\s*(?:github\.event|github\.head_ref|secrets)\b/);
      expect(read(name)).not.toMatch(/no-sandbox|publish always/);
    });
  });

  it('run suites that there are', () => {
    const projects = playwright.projects?.map(({ name }) => name);
    const scripts = Object.values(packageJson.scripts).join('\n');
    const named = [...scripts.matchAll(/--project (\w+)/g)].map(([, project]) => project);
    expect(named).toEqual(['electron', 'packed']);
    expect(projects).toEqual(expect.arrayContaining(named));
  });
});

describe('D6 the bot for updates', () => {
  const config = yaml.load(read('.github/dependabot.yml')) as {
    version: number;
    updates: readonly { 'package-ecosystem': string; schedule: { interval: string }; groups: object }[];
  };

  it('looks weekly, at packages and actions, in groups', () => {
    expect(config.version).toBe(2);
    expect(config.updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'github-actions']);
    for (const { schedule, groups } of config.updates) {
      expect(schedule.interval).toBe('weekly');
      expect(Object.keys(groups).length).toBeGreaterThan(0);
    }
  });
});
