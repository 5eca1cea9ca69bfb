import { Field, Int, ObjectType } from 'type-graphql';
import type { JournalEntry } from '../../journal/journal-entry';

@ObjectType('DayPassWalletChange', {
  description:
    "A message about a wallet's balance: the present state, or the change by one journal entry.",
})
export class WalletChangeType {
  @Field(() => String, {
    description: 'The cursor of this message. Pass it as `after` to continue from here.',
  })
  cursor!: string;

  @Field(() => Int, {
    description:
      "The number of the journal entry that changed the balance. In the first message and in a resync: the number of the wallet's last entry.",
  })
  sequence!: number;

  @Field(() => Int, { description: "The wallet's balance after this entry." })
  balance!: number;

  @Field(() => Int, {
    description:
      'Passes added (positive) or taken (negative) by the entry; 0 in the first message and in a resync.',
  })
  delta!: number;

  @Field(() => Boolean, {
    description:
      'True if this message has the present state in place of changes that a slow reader missed.',
  })
  resync!: boolean;

  walletId!: string;
  /** The entry that caused the change; null if this is a state. */
  entry!: JournalEntry | null;
}
