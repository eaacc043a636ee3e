import { expect, refused, test } from './line.ts';

const NOBODY = `U${'0'.repeat(32)}`;

/** Profiles, followers, groups and rooms. */
export function people() {
  test('asks who its friends are', async ({ bot }) => {
    const profile = await bot.api.getProfile(bot.friend);
    expect(profile).toMatchObject({ displayName: 'Ken', userId: bot.friend, language: 'ja' });
    expect((await refused(404, bot.api.getProfile(NOBODY))).body).toEqual({ message: 'Not found' });
    await refused(403, bot.api.getFollowers());

    await bot.control(`channels/${bot.channel.id}`, { verified: true });
    const mai = await bot.befriend('Mai');
    const first = await bot.api.getFollowers(undefined, 1);
    const rest = await bot.api.getFollowers(first.next, 1);
    expect(new Set([...first.userIds, ...rest.userIds])).toEqual(new Set([bot.friend, mai]));
    expect(rest.next).toBeUndefined();
    expect((await refused(400, bot.api.getFollowers('wrong'))).body).toEqual({ message: 'Invalid start param' });
  });

  test('sits in a group and in a room', async ({ bot }) => {
    await bot.control(`channels/${bot.channel.id}`, { verified: true });
    const guest = (await bot.control('users', { name: 'Guest' })).id;
    const gather = async (id?: string) => {
      const group = { id, name: 'Bathers', members: [bot.friend, guest], channel: bot.channel.id };
      return (await bot.control('groups', group)).id as string;
    };
    const group = await gather();
    expect(await bot.api.getGroupSummary(group)).toEqual({ groupId: group, groupName: 'Bathers' });
    expect(await bot.api.getGroupMemberCount(group)).toEqual({ count: 2 });
    expect(await bot.api.getGroupMembersIds(group)).toEqual({ memberIds: [bot.friend, guest] });
    expect(await bot.api.getGroupMemberProfile(group, guest)).toMatchObject({ displayName: 'Guest', userId: guest });
    await refused(404, bot.api.getGroupMemberProfile(group, NOBODY));
    await bot.api.leaveGroup(group);
    await refused(404, bot.api.getGroupSummary(group));

    const room = await gather(`R${bot.friend.slice(1)}`);
    expect(await bot.api.getRoomMemberCount(room)).toEqual({ count: 2 });
    expect(await bot.api.getRoomMembersIds(room)).toEqual({ memberIds: [bot.friend, guest] });
    expect(await bot.api.getRoomMemberProfile(room, guest)).toMatchObject({ displayName: 'Guest', userId: guest });
    await bot.api.leaveRoom(room);
    await refused(404, bot.api.getRoomMemberCount(room));
  });
}
