import { faultCodes } from '../../../src/core/domain-error';

/** What must never leave the service: SQL, paths, stacks, names of our libraries. */
const internals =
  /node_modules|\.[jt]s:\d|\bat \w+ \(|\b(?:select|insert|update) .*\b(?:from|into|set)\b|relation "|FST_ERR|QueryFailed|fastify|typeorm|postgres/i;

export interface Fault {
  status: number;
  code: string;
  message: string;
}

/** The one error of an answer, after checking that it has the public shape and nothing else. */
export async function faultOf(response: Response): Promise<Fault> {
  const text = await response.text();
  expect(text).not.toMatch(internals);
  expect(response.headers.get('content-type')).toMatch(
    /^application\/(graphql-response\+)?json; charset=utf-8$/,
  );
  const body = JSON.parse(text) as { errors: { message: string; extensions: { code: string } }[] };
  expect(body.errors).toHaveLength(1);
  const [error] = body.errors;
  if (!error) throw new Error('No fault was answered.');
  const shown = ['message', 'locations', 'path', 'extensions'];
  expect(Object.keys(error).filter((key) => !shown.includes(key))).toEqual([]);
  const optional = ['retryAfterMs', 'reason'];
  expect(Object.keys(error.extensions).filter((key) => !optional.includes(key))).toEqual(['code']);
  expect(faultCodes).toContain(error.extensions.code);
  expect(response.headers.get('x-request-id')).toMatch(/^[\w.:-]{1,100}$/);
  return { status: response.status, code: error.extensions.code, message: error.message };
}
