import { DomainError } from '../core/domain-error';

/**
 * The result of `work`, or SERVICE_UNAVAILABLE if it takes longer. The work itself continues: each
 * thing that it waits for has a time-out of its own.
 */
export async function withTimeout<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const message = 'The request took too long. Try again in a moment.';
      reject(new DomainError('SERVICE_UNAVAILABLE', message));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
