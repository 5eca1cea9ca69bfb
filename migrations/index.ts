import { Accounts1763900000000 } from './1763900000000-accounts';
import { Ledger1763900100000 } from './1763900100000-ledger';
import { Lists1763900200000 } from './1763900200000-lists';
import { Purchases1763900300000 } from './1763900300000-purchases';
import { Seeding1763900400000 } from './1763900400000-seeding';
import { People1763900500000 } from './1763900500000-people';
import { ApiKeys1763900600000 } from './1763900600000-api-keys';
import { IdentityProviders1763900700000 } from './1763900700000-identity-providers';
import { TicketReplies1763900800000 } from './1763900800000-ticket-replies';
import { SessionConsume1764300100000 } from './1764300100000-session-consume';
import { Conversions1764300110000 } from './1764300110000-conversions';
import { InvitationMails1764300200000 } from './1764300200000-invitation-mails';
import { AuditChain1764300300000 } from './1764300300000-audit-chain';
import { DeletableAgents1764300400000 } from './1764300400000-deletable-agents';
import { Operator1764300500000 } from './1764300500000-operator';
import { Words1764300600000 } from './1764300600000-words';
import { Followers1764300700000 } from './1764300700000-followers';
import { SellersAndTax1764400000000 } from './1764400000000-sellers-and-tax';
import { Billing1764400100000 } from './1764400100000-billing';
import { Invoices1764500200000 } from './1764500200000-invoices';
import { Webhooks1764500300000 } from './1764500300000-webhooks';
import { JobOutbox1764500500000 } from './1764500500000-job-outbox';
import { DueItems1764600050000 } from './1764600050000-due-items';
import { Orders1764600100000 } from './1764600100000-orders';
import { Notices1764600300000 } from './1764600300000-notices';
import { AlertThresholds1764600310000 } from './1764600310000-alert-thresholds';
import { NoticeChannels1764600400000 } from './1764600400000-notice-channels';
import { SetAsideJobs1764700140000 } from './1764700140000-set-aside-jobs';
import { NoticeLanguages1764700150000 } from './1764700150000-notice-languages';
import { InvoiceOrders1764700160000 } from './1764700160000-invoice-orders';
import { InvoiceOrdersChecked1764700170000 } from './1764700170000-invoice-orders-checked';
import { SeatPrice1764700185000 } from './1764700185000-seat-price';
import { AccountLocale1764700186000 } from './1764700186000-account-locale';

/** Every migration, oldest first. Forward-only in production; up, down and up in the tests. */
export const migrations = [
  Accounts1763900000000,
  Ledger1763900100000,
  Lists1763900200000,
  Purchases1763900300000,
  Seeding1763900400000,
  People1763900500000,
  ApiKeys1763900600000,
  IdentityProviders1763900700000,
  TicketReplies1763900800000,
  SessionConsume1764300100000,
  Conversions1764300110000,
  InvitationMails1764300200000,
  AuditChain1764300300000,
  DeletableAgents1764300400000,
  Operator1764300500000,
  Words1764300600000,
  Followers1764300700000,
  SellersAndTax1764400000000,
  Billing1764400100000,
  Invoices1764500200000,
  Webhooks1764500300000,
  JobOutbox1764500500000,
  DueItems1764600050000,
  Orders1764600100000,
  Notices1764600300000,
  AlertThresholds1764600310000,
  NoticeChannels1764600400000,
  SetAsideJobs1764700140000,
  NoticeLanguages1764700150000,
  InvoiceOrders1764700160000,
  InvoiceOrdersChecked1764700170000,
  SeatPrice1764700185000,
  AccountLocale1764700186000,
];
