import { Field, ObjectType } from 'type-graphql';
import { defineEnum } from '../api/enum';

const ViewerKind = defineEnum('ViewerKind', 'What stands behind the credential.', {
  AGENT: "An agent's own sign-in, or a portal session that a partner opened for the agent.",
  CONTACT: 'A requester, in the contact portal.',
  AGENT_API_KEY: 'A key of an agent: at most its rights, and what its scopes name.',
  SERVICE_KEY: 'A key of the account, as partners and exports use it: what its scopes name.',
});

@ObjectType('Viewer', { description: 'Whoever asks, as the credential says.' })
export class ViewerType {
  @Field(() => ViewerKind, { description: 'What stands behind the credential.' })
  kind!: keyof typeof ViewerKind;

  @Field(() => [String], {
    description:
      "What the credential allows: a key's scopes; `person` for a sign-in, `portal_session` for such a session.",
  })
  scopes!: readonly string[];
}
