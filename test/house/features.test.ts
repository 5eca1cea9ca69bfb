import path from 'node:path';
import { getMetadataStorage } from 'type-graphql';
import type { Feature, TaskServices } from '../../src/api/feature';
import { features, resolvers } from '../../src/server/features';
import { jobTasks, slowTasks } from '../../src/server/job-tasks';
import { root, sourceFiles } from '../support/sources';

test('every resolver of every file is in a manifest, once', async () => {
  const files = sourceFiles('src').filter(({ text }) => /^@Resolver\(/m.test(text));
  expect(files.length).toBeGreaterThan(35);
  for (const file of files) await import(path.join(root, file.path));
  const declared = getMetadataStorage().resolverClasses.map(
    ({ target }) => target as { name: string },
  );
  const named = (classes: readonly object[]) =>
    classes.map((one) => (one as { name: string }).name).sort();
  expect(named(resolvers)).toEqual(named(declared));
});

test('every feature folder has a manifest', () => {
  const folders = new Set(
    sourceFiles('src')
      .filter(({ text }) => /^@Resolver\(/m.test(text))
      .map((file) => file.path.split('/')[1]),
  );
  folders.delete('api');
  const manifests = sourceFiles('src').filter((file) => file.path.endsWith('.feature.ts'));
  expect(manifests.map((file) => file.path.split('/')[1]).sort()).toEqual([...folders].sort());
  expect(features).toHaveLength(manifests.length);
});

test('a process without a mailer does every task but those that send mails', async () => {
  const done: string[] = [];
  const feature: Feature = {
    resolvers: [],
    nodes: {},
    tasks: {
      count: {
        needs: 'NOTHING',
        run: async (_on, payload: { id: string }) => void done.push(`counted ${payload.id}`),
      },
      mail: { needs: 'MAILER', run: async ({ mailer }) => mailer.send({} as never) },
      hang: { needs: 'OWN_WORKERS', run: async () => void done.push('hung') },
    },
    followers: [],
  };
  const on = {} as TaskServices;
  const without = jobTasks([feature], { ...on, mailer: null });
  expect(Object.keys(without)).toEqual(['count']);
  await without.count!({ id: '7' } as never);
  const mailer = { send: async () => void done.push('mailed') };
  const withMailer = jobTasks([feature], { ...on, mailer });
  expect(Object.keys(withMailer)).toEqual(['count', 'mail']);
  await withMailer.mail!({} as never);
  // What may hang is done by other workers than the mails.
  const slow = slowTasks([feature], on);
  expect(Object.keys(slow)).toEqual(['hang']);
  await slow.hang!({} as never);
  expect(done).toEqual(['counted 7', 'mailed', 'hung']);
});

test('the mails of the product are tasks that need a mailer, and wait if there is no mailer', () => {
  const names = (needs: string) =>
    features
      .flatMap(({ tasks }) => Object.entries(tasks))
      .filter(([, task]) => task.needs === needs)
      .map(([name]) => name)
      .sort();
  expect(names('MAILER')).toEqual([
    'send-address-changed',
    'send-invitation',
    'send-invoice',
    'send-notice',
  ]);
  expect(names('OWN_WORKERS')).toEqual(['send-channel-notice']);
});
