import type { Feature, TaskServices } from '../api/feature';
import type { Mailer } from '../mail/mailer';
import type { Tasks } from './jobs';

/**
 * The tasks of the features that this process does. A process without a mailer leaves mails to the
 * processes that have one: there a job waits, with all its tries, and here it would use them up.
 */
export function jobTasks(
  features: readonly Feature[],
  { mailer, ...on }: TaskServices & { mailer: Mailer | null },
): Tasks {
  const tasks: Tasks = {};
  for (const [name, task] of features.flatMap((feature) => Object.entries(feature.tasks))) {
    if (task.needs === 'OWN_WORKERS') continue;
    if (task.needs === 'NOTHING') tasks[name] = (payload) => task.run(on, payload);
    else if (mailer) tasks[name] = (payload) => task.run({ ...on, mailer }, payload);
  }
  return tasks;
}

/** The tasks of the features that have workers of their own. */
export function slowTasks(features: readonly Feature[], on: TaskServices): Tasks {
  const tasks: Tasks = {};
  for (const [name, task] of features.flatMap((feature) => Object.entries(feature.tasks))) {
    if (task.needs === 'OWN_WORKERS') tasks[name] = (payload) => task.run(on, payload);
  }
  return tasks;
}
