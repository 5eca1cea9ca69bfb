import { from, list } from 'rails-timezone';

/**
 * Spellings that Rails no longer uses. Old exports still have them: "Ulaan Bataar" was renamed in
 * Rails 5.1.
 */
const formerNames: Readonly<Record<string, string>> = { 'Ulaan Bataar': 'Asia/Ulaanbaatar' };

/**
 * The zone names of Ruby on Rails (ActiveSupport::TimeZone) and their IANA zones. Help desks and
 * partners store these names for their agents. Source: the package rails-timezone, which follows
 * activesupport/lib/active_support/values/time_zone.rb.
 */
export const railsZones: Readonly<Record<string, string>> = {
  ...formerNames,
  ...Object.fromEntries(list().map((name) => [name, from(name)])),
};
