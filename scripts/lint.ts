import { runChecks } from './run-checks.ts';
import { listLintChecks } from './static-checks.ts';

// npm run lint: every rule, and on the way the types of every layer but renderer.

await runChecks(listLintChecks());
