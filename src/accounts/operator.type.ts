import { Field, ObjectType } from 'type-graphql';

@ObjectType('Operator', {
  description:
    'The operator: the company that runs this Daypass, or the person at this company who acted.',
})
export class OperatorType {
  @Field(() => String, { description: 'The display name.' })
  name!: string;
}
