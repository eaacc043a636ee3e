import { defineConfig } from '@playwright/test';
import type { Options } from './fixtures/server.ts';

const ci = !!process.env.CI;
const desktop = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

/**
 * No `webServer`: each worker starts a server and a simulator of its own (fixtures/server.ts), so that a test may
 * stop, kill and restart them.
 *
 * A test marked `@postgres` also runs on PostgreSQL where ENGAWA_TEST_POSTGRES names one.
 */
export default defineConfig<object, Options>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: false,
  workers: 2,
  retries: ci ? 1 : 0,
  forbidOnly: ci,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'desktop', use: desktop },
    // LINE's SDKs have no screen.
    { name: 'phone', use: phone, testIgnore: '**/sdk*.spec.ts' },
    ...(process.env.ENGAWA_TEST_POSTGRES
      ? [{ name: 'postgres', grep: /@postgres/, use: { ...desktop, database: 'postgres' as const } }]
      : []),
  ],
});
