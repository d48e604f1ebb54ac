import { StoreUnavailableError } from '../../../store/store-errors.ts';
import { CommandError } from '../command.ts';

/**
 * Does what writes a file, and tells what the system refuses of that file by the name that was typed: of a copy the system names
 * the file that is read, of what is half done a file that is gone by then, and of a full disk none.
 */
export async function writingTo<Result>(file: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error && error.syscall !== 'read')
      throw Object.assign(error, { path: file });
    if (error instanceof StoreUnavailableError)
      throw new CommandError('interrupted', `${file} cannot be written: ${reasonOf(error)}.`, {
        cause: error,
      });
    throw error;
  }
}

function reasonOf({ message, cause }: Error): string {
  return cause instanceof Error ? cause.message : message;
}
