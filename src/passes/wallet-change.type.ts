import { Field, Int, ObjectType } from 'type-graphql';
import type { JournalEntry } from '../journal/journal-entry';

@ObjectType('DayPassWalletChange', {
  description: "A wallet's balance: as it is, or as one entry of the journal changed it.",
})
export class WalletChangeType {
  @Field(() => String, { description: 'Pass it as `after` to go on from here.' })
  cursor!: string;

  @Field(() => Int, { description: "The entry's number; in a state, the wallet's last one." })
  sequence!: number;

  @Field(() => Int, { description: 'The balance right after this entry.' })
  balance!: number;

  @Field(() => Int, { description: 'Passes added or taken; 0 in the first message and a resync.' })
  delta!: number;

  @Field(() => Boolean, {
    description: 'Whether this state stands for changes that a slow reader missed.',
  })
  resync!: boolean;

  walletId!: string;
  /** The entry behind the change; null where this is a state. */
  entry!: JournalEntry | null;
}
