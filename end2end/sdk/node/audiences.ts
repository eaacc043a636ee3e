import { expect, refused, test, text } from './line.ts';

const file = (...users: string[]) => new Blob([users.map((user) => `${user}\n`).join('')], { type: 'text/plain' });

/** Audiences: uploaded as JSON and by file, of those who saw and clicked, shared; and sent to. */
export function audiences() {
  test.describe(() => {
    let settings: unknown;
    test.beforeEach(async ({ bot }) => {
      settings = await bot.control('settings');
      await bot.control('settings', { audienceWait: 0, privacy: false });
    });
    test.afterEach(async ({ bot }) => {
      await bot.control('settings', settings);
    });

    test('uploads an audience, fills and renames it', async ({ bot }) => {
      const mai = await bot.befriend('Mai');
      const made = await bot.audiences.createAudienceGroup({ description: 'Regulars', audiences: [{ id: bot.friend }] });
      expect(made).toMatchObject({ type: 'UPLOAD', createRoute: 'MESSAGING_API', permission: 'READ_WRITE' });
      const id = made.audienceGroupId!;
      await bot.audiences.addAudienceToAudienceGroup({ audienceGroupId: id, audiences: [{ id: mai }] });
      await bot.audiences.updateAudienceGroupDescription(id, { description: 'Friends' });
      const { audienceGroup, jobs } = await bot.audiences.getAudienceData(id);
      expect(audienceGroup).toMatchObject({ description: 'Friends', status: 'READY', audienceCount: 2 });
      expect(jobs).toHaveLength(2);

      const byFile = await bot.files.createAudienceForUploadingUserIds(file(bot.friend), 'By file', false, 'one');
      await bot.files.addUserIdsToAudience(file(mai), byFile.audienceGroupId, 'two');
      const filled = await bot.audiences.getAudienceData(byFile.audienceGroupId!);
      expect(filled.audienceGroup).toMatchObject({ description: 'By file', audienceCount: 2 });
      expect(filled.jobs!.map((job) => job.description)).toEqual(['two', 'one']);
      const wrong = await refused(400, bot.files.createAudienceForUploadingUserIds(file('nobody'), 'Wrong', false, 'one'));
      expect(wrong.body.details[0].message).toBe('UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT');

      const list = await bot.audiences.getAudienceGroups(1, 'f', 'READY', 1, true, 'MESSAGING_API');
      expect(list).toMatchObject({ totalCount: 2, hasNextPage: true, size: 1 });
      expect(list.audienceGroups).toHaveLength(1);
      await bot.audiences.deleteAudienceGroup(id);
      const gone = await refused(400, bot.audiences.getAudienceData(id));
      expect(gone.body.details).toEqual([{ message: 'AUDIENCE_GROUP_NOT_FOUND' }]);
    });

    test('gathers those who saw and clicked', async ({ bot }) => {
      const mai = await bot.befriend('Mai');
      const url = 'https://example.com/spring';
      const { httpResponse } = await bot.api.broadcastWithHttpInfo({ messages: [text(url)] });
      const requestId = httpResponse.headers.get('x-line-request-id')!;
      await bot.control(`users/${bot.friend}/see`, { requestId, url });
      await bot.control(`users/${mai}/see`, { requestId });
      const clicked = await bot.audiences.createClickBasedAudienceGroup({ description: 'Clicked', requestId, clickUrl: url });
      expect(clicked).toMatchObject({ type: 'CLICK', requestId, clickUrl: url });
      const saw = await bot.audiences.createImpBasedAudienceGroup({ description: 'Saw', requestId });
      expect(saw).toMatchObject({ type: 'IMP', requestId });
      const count = async (id?: number) => (await bot.audiences.getAudienceData(id!)).audienceGroup!.audienceCount;
      expect([await count(clicked.audienceGroupId), await count(saw.audienceGroupId)]).toEqual([1, 2]);
      await refused(400, bot.audiences.createImpBasedAudienceGroup({ description: 'Nothing', requestId: 'nothing' }));

      const recipient = {
        type: 'operator' as const,
        and: [
          { type: 'audience' as const, audienceGroupId: saw.audienceGroupId },
          { type: 'operator' as const, not: { type: 'audience' as const, audienceGroupId: clicked.audienceGroupId } },
        ],
      };
      const narrow = await bot.api.narrowcastWithHttpInfo({ messages: [text('For Mai')], recipient });
      const id = narrow.httpResponse.headers.get('x-line-request-id')!;
      await expect.poll(async () => (await bot.api.getNarrowcastProgress(id)).phase).toBe('succeeded');
      const texts = async (user: string) => (await bot.phone(user)).map((message) => message.body.text);
      expect(await texts(mai)).toContain('For Mai');
      expect(await texts(bot.friend)).not.toContain('For Mai');
    });

    test('sees the audiences that are shared with it', async ({ bot }) => {
      const owner = { serviceType: 'lap', id: '1', name: 'Ads' };
      const shared = { channel: bot.channel.id, description: 'Shared', createRoute: 'AD_MANAGER', users: [bot.friend], owner };
      const { audienceGroupId } = await bot.control('audiences', shared);
      const seen = await bot.audiences.getSharedAudienceData(audienceGroupId);
      expect(seen).toMatchObject({ audienceGroup: { description: 'Shared', permission: 'READ' }, owner });
      const { audienceGroups } = await bot.audiences.getSharedAudienceGroups(1, undefined, undefined, 10);
      expect(audienceGroups).toMatchObject([{ audienceGroupId }]);
    });
  });
}
