import { randomUUID } from 'node:crypto';
import type { messagingApi } from '@line/bot-sdk';
import { type Bot, expect, png, refused, test, whole } from './line.ts';

const PICTURE = png(800, 270);

export const menu = (name: string): messagingApi.RichMenuRequest => {
  const actions: messagingApi.Action[] = [
    { type: 'richmenuswitch', richMenuAliasId: 'other', data: 'to=other' },
    { type: 'postback', label: 'Hours', data: 'hours', displayText: 'Hours' },
    { type: 'uri', label: 'Site', uri: 'https://example.com/' },
  ];
  return {
    size: { width: 800, height: 270 },
    selected: true,
    name,
    chatBarText: 'Tap',
    areas: actions.map((action, at) => ({ bounds: { x: 200 * at, y: 0, width: 200, height: 270 }, action })),
  };
};

const picture = (bytes: Buffer) => new Blob([new Uint8Array(bytes)], { type: 'image/png' });

export async function made(bot: Bot, name: string): Promise<string> {
  const { richMenuId } = await bot.api.createRichMenu(menu(name));
  await bot.blob.setRichMenuImage(richMenuId, picture(PICTURE));
  return richMenuId;
}

/** Rich menus: making them, their pictures, aliases, who has which, and changing many at once. */
export function richMenus() {
  test('makes a rich menu, with its picture', async ({ bot }) => {
    await bot.api.validateRichMenuObject(menu('Read'));
    const { richMenuId } = await bot.api.createRichMenu(menu('Read'));
    expect(await bot.api.getRichMenu(richMenuId)).toEqual({ ...menu('Read'), richMenuId });
    await refused(404, bot.blob.getRichMenuImage(richMenuId));
    const tiny = await refused(400, bot.blob.setRichMenuImage(richMenuId, picture(png(10, 10))));
    expect(tiny.body).toEqual({ message: 'The image size is not allowed for richmenu', details: [] });
    await bot.blob.setRichMenuImage(richMenuId, picture(PICTURE));
    expect((await whole(await bot.blob.getRichMenuImage(richMenuId))).equals(PICTURE)).toBe(true);
    await refused(400, bot.blob.setRichMenuImage(richMenuId, picture(PICTURE)));
    expect((await bot.api.getRichMenuList()).richmenus).toEqual([{ ...menu('Read'), richMenuId }]);
    await bot.api.deleteRichMenu(richMenuId);
    expect((await refused(404, bot.api.getRichMenu(richMenuId))).body).toEqual({ message: 'Not found' });
    const small = { ...menu('Small'), size: { width: 100, height: 270 } };
    for (const call of [bot.api.createRichMenu, bot.api.validateRichMenuObject]) await refused(400, call(small));
  });

  test('says who has which rich menu', async ({ bot }) => {
    const one = await made(bot, 'One');
    await refused(404, bot.api.getDefaultRichMenuId());
    await bot.api.setDefaultRichMenu(one);
    expect(await bot.api.getDefaultRichMenuId()).toEqual({ richMenuId: one });
    await bot.api.cancelDefaultRichMenu();

    await bot.api.linkRichMenuIdToUser(bot.friend, one);
    expect(await bot.api.getRichMenuIdOfUser(bot.friend)).toEqual({ richMenuId: one });
    await bot.api.unlinkRichMenuIdFromUser(bot.friend);
    await refused(404, bot.api.getRichMenuIdOfUser(bot.friend));

    const userIds = [bot.friend, await bot.befriend('Mai')];
    const linked = await bot.api.linkRichMenuIdToUsersWithHttpInfo({ richMenuId: one, userIds });
    expect(linked.httpResponse.status).toBe(202);
    for (const user of userIds) expect(await bot.api.getRichMenuIdOfUser(user)).toEqual({ richMenuId: one });
    const unlinked = await bot.api.unlinkRichMenuIdFromUsersWithHttpInfo({ userIds });
    expect(unlinked.httpResponse.status).toBe(202);
    for (const user of userIds) await refused(404, bot.api.getRichMenuIdOfUser(user));
  });

  test('changes rich menus in a batch', async ({ bot }) => {
    const [one, two] = [await made(bot, 'One'), await made(bot, 'Two')];
    await bot.api.linkRichMenuIdToUser(bot.friend, one);
    const replace: messagingApi.RichMenuBatchRequest = { operations: [{ type: 'link', from: one, to: two }] };
    await bot.api.validateRichMenuBatchRequest(replace);
    const { httpResponse } = await bot.api.richMenuBatchWithHttpInfo(replace);
    expect(httpResponse.status).toBe(202);
    const id = httpResponse.headers.get('x-line-request-id')!;
    await expect.poll(async () => (await bot.api.getRichMenuBatchProgress(id)).phase).toBe('succeeded');
    expect(await bot.api.getRichMenuIdOfUser(bot.friend)).toEqual({ richMenuId: two });
    await bot.api.richMenuBatch({ operations: [{ type: 'unlink', from: two }] });
    await refused(404, bot.api.getRichMenuIdOfUser(bot.friend));
    const mixed: messagingApi.RichMenuBatchRequest = { operations: [{ type: 'unlinkAll' }, { type: 'unlink', from: one }] };
    await refused(400, bot.api.richMenuBatch(mixed));
    await refused(404, bot.api.getRichMenuBatchProgress(randomUUID()));
  });

  test('switches rich menus by alias', async ({ bot }) => {
    const [one, two] = [await made(bot, 'One'), await made(bot, 'Two')];
    await bot.api.createRichMenuAlias({ richMenuAliasId: 'other', richMenuId: one });
    await bot.api.updateRichMenuAlias('other', { richMenuId: two });
    const alias = { richMenuAliasId: 'other', richMenuId: two };
    expect(await bot.api.getRichMenuAlias('other')).toEqual(alias);
    expect(await bot.api.getRichMenuAliasList()).toEqual({ aliases: [alias] });
    expect((await refused(400, bot.api.createRichMenuAlias(alias))).body.message).toBe('conflict richmenu alias id');

    await bot.api.linkRichMenuIdToUser(bot.friend, one);
    await bot.events();
    await bot.control(`users/${bot.friend}/tap`, { room: bot.channel.id, area: 0 });
    const params = { newRichMenuAliasId: 'other', status: 'SUCCESS' };
    expect(await bot.events()).toMatchObject([{ type: 'postback', postback: { data: 'to=other', params } }]);
    expect(await bot.api.getRichMenuIdOfUser(bot.friend)).toEqual({ richMenuId: two });

    await bot.api.deleteRichMenuAlias('other');
    await refused(404, bot.api.getRichMenuAlias('other'));
  });
}
