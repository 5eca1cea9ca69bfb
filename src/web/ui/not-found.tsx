import { Empty } from './empty';
import { useTitle } from './use-title';

/** For an address of which there is nothing. */
export function NotFound() {
  useTitle('Nothing here');
  return <Empty title="There is nothing at this address">Choose where to go from above.</Empty>;
}
