import { Empty } from '../ui/empty';
import { useTitle } from '../ui/use-title';

/** For an address of which there is nothing. */
export function NotFound() {
  useTitle('Nothing here');
  return <Empty title="There is nothing at this address">Choose where to go from above.</Empty>;
}
