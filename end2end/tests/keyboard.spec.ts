import type { Locator, Page } from '@playwright/test';
import { expectAccessibleInBothThemes } from '../fixtures/a11y.ts';
import { PASSWORD, enter } from '../fixtures/house.ts';
import { hydrated, open } from '../fixtures/page.ts';
import { expect, test } from '../fixtures/server.ts';

/** Goes on by Tab until this has the focus; says what was passed when it never comes. */
async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  const passed: string[] = [];
  for (let n = 0; n < most; n++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    passed.push(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 80) ?? ''));
  }
  throw new Error(`never reached; passed:\n${passed.join('\n')}`);
}

const field = (page: Page) => page.getByRole('combobox', { name: 'Find or do anything' });

test('a day without a mouse @postgres', async ({ page, engawa, simulator, isMobile }) => {
  test.skip(!!isMobile, 'a phone has no keys');
  test.setTimeout(60_000);
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Keys ${Date.now()}`;
  await line.say(await line.friend(name), 'hello');
  await page.context().clearCookies();

  await open(page, '/login');
  await tabTo(page, page.getByLabel('E-mail'));
  await page.keyboard.type('mika@example.com');
  await tabTo(page, page.getByLabel('Password'));
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/a\/\d+\/chats/);
  await hydrated(page);
  await expect(page.getByRole('link', { name: new RegExp(name) })).toBeVisible();

  // To the content, past the rail; then to the room.
  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { name })).toBeVisible();
  await page.keyboard.press('r');
  await expect(page.getByRole('textbox', { name: 'Write a message' })).toBeFocused();
  // While somebody writes, letters are letters.
  await page.keyboard.type('just keys: j k e f a ?');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('log')).toContainText('just keys: j k e f a ?');
  await page.keyboard.press('Escape');
  await page.keyboard.press('e');
  await expect(page.getByRole('button', { name: 'Reopen' })).toBeVisible();

  await tabTo(page, page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /Resolved/ }), 90);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/chats\/resolved$/);
  await expect(page.getByRole('link', { name: new RegExp(name) })).toBeVisible();

  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('team');
  await expect(page.getByRole('option', { name: 'Team' }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/settings\/team/);
  await page.keyboard.press('Control+k');
  await page.keyboard.type(name.toLowerCase());
  await expect(page.getByRole('option', { name })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/a/${account}/chats/all/`));
  await expect(page.getByRole('heading', { name })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/chats\/all$/);
});

test('every screen can be walked through by Tab', async ({ page, engawa, simulator, isMobile }) => {
  test.skip(!!isMobile, 'a phone has no keys');
  test.setTimeout(60_000);
  const { account, line } = await enter(page, engawa, simulator);
  await line.say(await line.friend(`Walk ${Date.now()}`), 'hello');
  for (const path of [`/a/${account}/chats/inbox`, `/a/${account}/messages`, `/a/${account}/messages/new`, `/a/${account}/settings`, '/settings/team', '/settings/me']) {
    await open(page, path);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to the content' }), path).toBeFocused();
    // Round and round: every stop shows that it has the focus, and none holds it.
    const stops = await page.evaluate(() => document.querySelectorAll('a[href], button:not(:disabled), input, select, textarea, summary').length);
    const seen = new Set<string>();
    for (let n = 0; n < stops + 2; n++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement | null;
        if (!element || element === document.body) return null;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const marked = outlineStyle !== 'none' && outlineWidth !== '0px';
        // Some are marked around them: a choice among segments, a field with a sign.
        const around = element.closest('.segments__choice, .palette__field, .composer, .chat-search__box, [type=date], [type=time], [type=datetime-local]');
        const box = element.getBoundingClientRect();
        return { html: element.outerHTML.slice(0, 120), marked: marked || !!around, seen: box.width > 0 && box.height > 0 };
      });
      if (!stop) break;
      expect(stop.marked, `${path}: no focus is shown on ${stop.html}`).toBe(true);
      expect(stop.seen, `${path}: the focus is on something invisible: ${stop.html}`).toBe(true);
      seen.add(stop.html);
    }
    expect(seen.size, path).toBeGreaterThan(4);
  }
});

test('the palette finds pages, rooms, messages and commands', async ({ page, engawa, simulator, isMobile }) => {
  test.setTimeout(60_000);
  const { account, line } = await enter(page, engawa, simulator);
  const name = `パレット商店 ${Date.now()}`;
  await line.say(await line.friend(name), 'hello');
  await open(page, `/a/${account}/chats/inbox`);
  await expect(page.getByRole('link', { name: new RegExp(name) })).toBeVisible();
  const show = async () => {
    if (isMobile) {
      await page.locator('.tabbar summary').click();
      await page.locator('.tabbar').getByRole('button', { name: /^Find/ }).click();
    } else {
      await page.locator('.rail').getByRole('button', { name: /^Find/ }).click();
    }
    await expect(field(page)).toBeFocused();
  };
  await show();
  await expectAccessibleInBothThemes(page, 'the palette');
  await field(page).fill('ぱれっと');
  await page.getByRole('option', { name }).click();
  await expect(page).toHaveURL(/chats\/all\/\d+/);
  await expect(page.getByRole('heading', { name })).toBeVisible();
  // In a room, what can be done with it comes with its keys, after what was chosen last.
  if (!isMobile) {
    await show();
    const options = page.getByRole('listbox', { name: 'Find or do anything' });
    await expect(options.getByRole('group', { name: 'Recent' }).getByRole('option').first()).toContainText(name);
    await field(page).fill('resol');
    await expect(options.getByRole('option').first()).toContainText('Resolve');
    await field(page).press('Enter');
    await expect(page.getByRole('button', { name: 'Reopen' })).toBeVisible();
  } else {
    await page.getByRole('link', { name: 'Back to the list' }).click();
  }
  await show();
  await field(page).fill('dark');
  await field(page).press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await show();
  await field(page).fill('zzzz');
  await expect(page.getByText('Nothing fits. Try other words.')).toBeVisible();
  await expectAccessibleInBothThemes(page, 'an empty palette');
  await field(page).press('Escape');
  await expect(field(page)).toBeHidden();
  await show();
  await field(page).fill('japanese');
  await field(page).press('Enter');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: '検索と操作' }).fill('english');
  await page.getByRole('option', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
  await page.context().clearCookies({ name: 'theme' });
});

test('single keys can be switched off, and never disturb', async ({ page, engawa, simulator, isMobile }) => {
  test.skip(!!isMobile, 'a phone has no keys');
  const { account, line } = await enter(page, engawa, simulator);
  await line.say(await line.friend(`Single ${Date.now()}`), 'hello');
  await open(page, `/a/${account}/chats/inbox`);
  await expect(page.getByRole('listitem').filter({ hasText: 'Single' }).first()).toBeVisible();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  await expect(help).toBeVisible();
  await expectAccessibleInBothThemes(page, 'the list of keys');
  await help.getByLabel('Use single keys').uncheck();
  await expect(async () => {
    const me = await page.request.post('/api/team/me', { headers: { 'sec-fetch-site': 'same-origin' } });
    expect((await me.json()).single_keys).toBe(false);
  }).toPass();
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('?');
  await expect(help).toBeHidden();
  await expect(page).toHaveURL(/chats\/inbox$/);
  // It stays so, and what goes with Ctrl keeps working.
  await open(page, '/settings/me');
  await expect(page.getByRole('checkbox', { name: 'Use single keys' })).not.toBeChecked();
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await page.getByRole('checkbox', { name: 'Use single keys' }).check();
  await open(page, `/a/${account}/messages`);
  await open(page, `/a/${account}/chats/inbox`);
  // The key that ends a composition is no command.
  await page.locator('body').dispatchEvent('keydown', { key: 'j', isComposing: true, bubbles: true });
  await expect(page).toHaveURL(/chats\/inbox$/);
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/chats\/inbox\/\d+/);
});
