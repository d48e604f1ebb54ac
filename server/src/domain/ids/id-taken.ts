import { DomainError } from '../decision.ts';

/** The error of a host's id that one of its things has already. */
export function idTaken(noun: 'hold' | 'task', id: string): DomainError {
  return new DomainError('conflict', `There is a ${noun} '${id}' already`, '/id', 'an id that was not used');
}
