/** The codes of UNCL 5305 that EN 16931 allows. */
export type TaxCategory = 'S' | 'Z' | 'E' | 'AE' | 'G' | 'O';

/** The categories that a country's own rate can have. The others follow from the rules. */
type RatedCategory = 'S' | 'Z' | 'E';

/** The tax on a sale within a country, while it is valid. */
export interface TaxRate {
  country: string;
  category: RatedCategory;
  /** Hundredths of a percent: 1900 is 19.00 %. */
  basisPoints: number;
  validFromMs: number;
  /** The first instant at which it no longer applies; null: no end is set. */
  validToMs: number | null;
}
