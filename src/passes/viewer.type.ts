import { Field, ObjectType } from 'type-graphql';
import { defineEnum } from '../api/enum';

const ViewerKind = defineEnum('ViewerKind', 'What stands behind the credential.', {
  AGENT: "An agent's own sign-in.",
  CONTACT: 'A requester, in the contact portal.',
});

@ObjectType('Viewer', { description: 'Whoever asks, as the credential says.' })
export class ViewerType {
  @Field(() => ViewerKind, { description: 'What stands behind the credential.' })
  kind!: keyof typeof ViewerKind;

  @Field(() => [String], { description: 'What the credential allows.' })
  scopes!: readonly string[];
}
