import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../fixtures/server.ts';
import { INSIGHT } from '../sdk/insight.ts';
import { python } from '../sdk/python.ts';

const FOLDER = fileURLToPath(new URL('../sdk/python/', import.meta.url));

/** One line of what session.py prints. */
type Told = { name: string; wrong?: string; skipped?: string };

/** The tests in a file of the session, as `file.Class.test`. */
function testsOf(file: string): string[] {
  let group = '';
  return [...readFileSync(FOLDER + file, 'utf8').matchAll(/^class (\w+)|^    def (test_\w+)/gm)].flatMap(([, kind, name]) => {
    group = kind ?? group;
    return name ? [`${file.replace('.py', '')}.${group}.${name}`] : [];
  });
}

const TESTS = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.py'))
  .flatMap(testsOf);

/** Runs the whole session once: starting Python for each test would take longer than the test. */
async function session(simulator: string): Promise<{ told: Told[]; complaints: string }> {
  const env = { ...process.env, SIMULATOR: simulator, INSIGHT: INSIGHT ? '1' : '0' };
  return new Promise((done) => {
    execFile(python(), ['session.py'], { cwd: FOLDER, env, maxBuffer: 1 << 24 }, (_error, out, complaints) => {
      const told = out.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Told);
      done({ told, complaints });
    });
  });
}

test.describe("LINE's SDK for Python", () => {
  let ran: { told: Told[]; complaints: string };
  test.beforeAll(async ({ simulator }) => {
    test.setTimeout(180_000);
    ran = await session(simulator.url);
  });

  for (const name of TESTS) {
    test(name, () => {
      const told = ran.told.filter((one) => one.name === name);
      const [skipped] = told.flatMap((one) => one.skipped ?? []);
      test.skip(!!skipped, skipped);
      // What went wrong before a test could begin has a name of its own.
      const others = ran.told.filter((one) => !TESTS.includes(one.name)).map((one) => one.wrong);
      expect(told.length, [`${name} did not run`, ...others, ran.complaints].join('\n')).toBeGreaterThan(0);
      expect(told.flatMap((one) => one.wrong ?? []).join('\n')).toBe('');
    });
  }
});
