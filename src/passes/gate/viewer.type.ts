import { Field, ObjectType } from 'type-graphql';
import { defineEnum } from '../../api/enum';

const ViewerKind = defineEnum('ViewerKind', 'The kind of credential that the caller uses.', {
  AGENT: 'An agent who signed in, or whose portal session a partner opened.',
  CONTACT: 'A contact: a requester who uses the contact portal.',
  AGENT_API_KEY:
    "An agent's API key. It has those of the agent's permissions that its scopes name.",
  SERVICE_KEY:
    'A service key of the account, for partners and exports. It has the permissions that its scopes name.',
});

@ObjectType('Viewer', { description: 'The caller, as identified by the credential.' })
export class ViewerType {
  @Field(() => ViewerKind, { description: 'The kind of credential.' })
  kind!: keyof typeof ViewerKind;

  @Field(() => String, {
    nullable: true,
    description:
      'The email address of the person who signed in, in lower case; null for an API key and a portal session.',
  })
  email!: string | null;

  @Field(() => [String], {
    description:
      'The permissions of the credential: the scopes of an API key; `person` for a sign-in; `portal_session` for a portal session.',
  })
  scopes!: readonly string[];
}
