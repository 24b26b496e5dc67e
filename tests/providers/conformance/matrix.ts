import type { ProviderKind } from '../../../shared/contract/account/accounts.ts';
import { operations } from '../../../shared/contract/account/operations.ts';
import type { Expectation, Expectations } from './expectations.ts';
import { cxoneExpectations } from './worlds/cxone/expectations.ts';
import { elasticIoExpectations } from './worlds/elastic-io/expectations.ts';
import { giteaExpectations } from './worlds/gitea/expectations.ts';
import { githubExpectations } from './worlds/github/expectations.ts';
import { gitlabExpectations } from './worlds/gitlab/expectations.ts';
import { glewlwydExpectations } from './worlds/glewlwyd/expectations.ts';
import { keycloakExpectations } from './worlds/keycloak/expectations.ts';
import { kratosExpectations } from './worlds/kratos/expectations.ts';
import { referenceExpectations } from './worlds/reference/expectations.ts';
import { wacmExpectations } from './worlds/wacm/expectations.ts';

/** What the suite holds each provider to: a column of the table each. */
export const expectationsOf: Readonly<Partial<Record<ProviderKind, Expectations>>> = {
  reference: referenceExpectations,
  keycloak: keycloakExpectations,
  glewlwyd: glewlwydExpectations,
  gitea: giteaExpectations,
  'elastic-io': elasticIoExpectations,
  cxone: cxoneExpectations,
  wacm: wacmExpectations,
  gitlab: gitlabExpectations,
  kratos: kratosExpectations,
  github: githubExpectations,
};

const [start, end] = ['<!-- operations: start -->', '<!-- operations: end -->'];

/** The page with the table of operations in its place. Errors: Error where it has none. */
export function withMatrix(page: string): string {
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the page lacks ${start} … ${end}`);
  return `${page.slice(0, from + start.length)}\n\n${formatMatrix()}\n\n${page.slice(to)}`;
}

function formatMatrix(): string {
  const columns = Object.entries(expectationsOf);
  const rows = operations.map((operation) => [
    `\`${operation}\``,
    ...columns.map(([, expectations]) => formatCell(expectations[operation])),
  ]);
  const head = ['operation', ...columns.map(([kind]) => `\`${kind}\``)];
  return [head, head.map(() => '---'), ...rows].map(formatRow).join('\n');
}

function formatCell(expectation: Expectation | undefined): string {
  if (!expectation) return '–';
  const { by, needs } = expectation;
  return needs === undefined ? by : `${by}, with \`${needs}\``;
}

function formatRow(cells: readonly string[]): string {
  return cells.every((cell) => cell === '---') ? `|${cells.join('|')}|` : `| ${cells.join(' | ')} |`;
}
