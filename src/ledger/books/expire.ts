import { unchanged } from '../model/decision';
import type { AnyCommand, CommandModule } from '../writer/command-module';

/** Ends what is due: passes and lots, oldest first, a bounded number at a time. */
export interface Expire extends AnyCommand {
  kind: 'expire';
}

export interface Expired {
  /** Whether another one has something to end, too. */
  isMoreDue: boolean;
}

export const expire: CommandModule<Expire, Expired> = {
  kind: 'expire',
  needs: () => ({ due: true }),
  // Every batch first ends what was loaded as due; this command only had it loaded.
  decide: ({ isMoreDue }) => unchanged({ status: 'accepted', result: { isMoreDue } }),
};
