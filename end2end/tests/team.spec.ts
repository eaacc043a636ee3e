import { createHmac } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import { expectAccessibleInBothThemes } from '../fixtures/a11y.ts';
import { enter, PASSWORD } from '../fixtures/house.ts';
import { open } from '../fixtures/page.ts';
import { expect, test } from '../fixtures/server.ts';

/** What an authenticator app shows for a base32 secret (RFC 6238), `steps` half minutes from now. */
function code(secret: string, steps = 0): string {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac('sha1', key).update(counter).digest();
  const number = hash.readUInt32BE(hash[19]! & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

async function another(browser: Browser, page: Page, baseURL: string, javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({ viewport: page.viewportSize()!, baseURL, javaScriptEnabled });
  return context.newPage();
}

async function logIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
}

test('a colleague joins by a link and protects the login with a second step @postgres', async ({ page, browser, engawa, simulator, baseURL }) => {
  test.setTimeout(90_000);
  await enter(page, engawa, simulator);
  await open(page, '/settings/team');
  await page.getByLabel('For whom').fill('葵さん');
  await page.getByRole('button', { name: 'Make the link' }).first().click();
  const link = await page.getByText(/\/join\?token=/).textContent();
  await expect(page.getByRole('listitem').filter({ hasText: '葵さん' }).last()).toContainText('Operator');
  await expectAccessibleInBothThemes(page, 'team');

  // The link makes Aoi an operator.
  const email = `aoi${Date.now()}@example.com`;
  const aoi = await another(browser, page, baseURL!);
  await open(aoi, link!);
  await expect(aoi.getByText('Mika invites you to work here. Your role: Operator.')).toBeVisible();
  await expectAccessibleInBothThemes(aoi, 'join');
  await aoi.getByLabel('Your name').fill('葵');
  await aoi.getByLabel('E-mail').fill(email);
  await aoi.getByLabel('Password').fill(PASSWORD);
  await aoi.getByRole('button', { name: 'Join' }).click();
  await aoi.waitForURL(/\/a\/\d+\/chats/);

  // Her second step.
  await open(aoi, '/settings/me');
  const section = aoi.locator('#two-step');
  await section.getByLabel('Present password').fill(PASSWORD);
  await section.getByRole('button', { name: 'Set up' }).click();
  await expect(section.getByRole('img', { name: 'QR code for the authenticator app' })).toBeVisible();
  await expectAccessibleInBothThemes(aoi, 'setting up the second step');
  const secret = (await section.locator('code').textContent())!;
  await section.getByLabel('Code', { exact: true }).fill('000000');
  await section.getByRole('button', { name: 'Turn on' }).click();
  await expect(section.getByText('This code is wrong or was used before.')).toBeVisible();
  await section.getByLabel('Code', { exact: true }).fill(code(secret));
  await section.getByRole('button', { name: 'Turn on' }).click();
  await expect(section.getByText('Two-step login is on. Recovery codes left: 10.')).toBeVisible();
  const codes = (await section.locator('code').textContent())!.split('\n');
  expect(codes).toHaveLength(10);
  await expectAccessibleInBothThemes(aoi, 'recovery codes');
  // They are shown once.
  await open(aoi, '/settings/me');
  await expect(section.getByText('Two-step login is on.')).toBeVisible();
  await expect(section.getByText(codes[0]!)).toBeHidden();

  // Another browser needs the code, and comes to the page that it wanted.
  const other = await another(browser, page, baseURL!);
  await open(other, '/login?next=/settings/me');
  await logIn(other, email);
  await other.waitForURL(/\/login\/code/);
  await expectAccessibleInBothThemes(other, 'the code');
  await other.getByLabel('Code').fill('000000');
  await other.getByRole('button', { name: 'Log in' }).click();
  await expect(other.getByText('This code is wrong or was used before.')).toBeVisible();
  await other.getByLabel('Code').fill(code(secret, 1));
  await other.getByRole('button', { name: 'Log in' }).click();
  await other.waitForURL(/\/settings\/me/);

  // The phone is lost, and there is no script either.
  const bare = await another(browser, page, baseURL!, false);
  await bare.goto('/login');
  await logIn(bare, email);
  await bare.getByLabel('Code').fill(codes[0]!);
  await bare.getByRole('button', { name: 'Log in' }).click();
  await bare.waitForURL(/\/a\/\d+\/chats/);

  // Everything is lost: whoever manages the team helps.
  await open(page, '/settings/team');
  const row = page.getByRole('listitem').filter({ hasText: email });
  await row.getByText('Change', { exact: true }).click();
  await row.getByRole('button', { name: 'Turn off two-step login' }).click();
  await expect(row.getByRole('button', { name: 'Turn off two-step login' })).toBeHidden();
  for (const session of [aoi, other, bare]) await session.context().close();
});

test('the activity log says who did what, is searched and paged', async ({ page, engawa, simulator }) => {
  await enter(page, engawa, simulator);
  await open(page, '/settings/team');
  const note = `ประภา ${Date.now()}`;
  await page.getByLabel('For whom').fill(note);
  await page.getByRole('button', { name: 'Make the link' }).first().click();
  await expect(page.getByText(/\/join\?token=/)).toBeVisible();
  await page.getByRole('link', { name: 'Activity log' }).click();
  await expect(page.getByRole('listitem').first()).toContainText(note);
  await expectAccessibleInBothThemes(page, 'activity log');
  await page.getByLabel('Name, thing or address').fill(note);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.waitForURL(/text=/);
  await expect(page.getByRole('listitem').filter({ hasText: 'Link to join made' })).toHaveCount(1);
  await page.getByLabel('What was done').selectOption('Role changed');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByText('No such line')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('listitem').filter({ hasText: note })).toHaveCount(1);
});
