import { plainText } from '../report';

/** Lines that a terminal may show, whatever kubectl, the cluster or a file put into them. */
export function plainLines(text: string): string {
  return text.split('\n').map(plainText).join('\n');
}
