import { parseNodeId } from '../../../src/api/node';
import {
  CreateKeyDocument,
  OpenPortalSessionDocument,
  RevokeKeyDocument,
  type CreateApiKeyInput,
} from '../../generated/operations';
import { dataOf, type Desk, type Person } from './desk';
import { act, agentNode } from './streams';

/** A key in the place of a person: its bearer token is its secret. */
export interface Key extends Person {
  /** As the API names it. */
  nodeId: string;
}

/** A key as the admin makes it: a service key, unless an agent is named. */
export async function addKey(desk: Desk, input: Partial<CreateApiKeyInput> = {}): Promise<Key> {
  const scopes = input.agentId ? undefined : ['tickets:read' as const];
  const { createApiKey } = await act(desk, CreateKeyDocument, {
    input: { name: 'A key', scopes, ...input },
  });
  if (!createApiKey?.apiKey) throw new Error(JSON.stringify(createApiKey?.userErrors));
  const { id } = createApiKey.apiKey;
  return { id: parseNodeId(id).id, nodeId: id, bearer: createApiKey.secret! };
}

/** A key of an agent, with all that such a key may be given. */
export function addAgentKey(
  desk: Desk,
  agent: Person,
  input: Partial<CreateApiKeyInput> = {},
): Promise<Key> {
  return addKey(desk, { agentId: agentNode(agent), ...input });
}

export async function revokeKey(desk: Desk, key: Key): Promise<void> {
  const { revokeApiKey } = await act(desk, RevokeKeyDocument, { input: { apiKeyId: key.nodeId } });
  expect(revokeApiKey).toMatchObject({ userErrors: [], apiKey: { revokedAt: expect.any(String) } });
}

/** A portal session of an agent, as a partner's server opens it. */
export async function openPortalSession(desk: Desk, by: Key, agent: Person): Promise<Person> {
  const answer = await desk.site.service.request(OpenPortalSessionDocument, {
    token: by.bearer,
    variables: { input: { agentId: agentNode(agent) } },
  });
  // Whether the key may read the agent itself is another matter.
  const payload = answer.data?.createPortalSession ?? dataOf(answer).createPortalSession;
  if (!payload?.token) throw new Error(JSON.stringify(answer));
  return { id: agent.id, bearer: payload.token };
}
