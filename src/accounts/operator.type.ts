import { Field, ObjectType } from 'type-graphql';

@ObjectType('Operator', {
  description: 'The company that runs this Daypass, or the person of it who acted.',
})
export class OperatorType {
  @Field(() => String, { description: 'The name to show.' })
  name!: string;
}
