import type { ReactElement } from 'react';
import { UsageKitError } from '../src/client/usagekit-error.ts';
import { deriveResource, type Resource } from '../src/hooks/base/resource.ts';

/** One widget in one state. The gallery shows the list of them, and the tests render each one. */
export interface GalleryState {
  /** Such as `CreditBalance`. */
  widget: string;
  /** Such as `out of credits`; unique within its widget. */
  state: string;
  element: ReactElement;
}

export function loading<Data>(): Resource<Data> {
  return deriveResource<Data>({ data: undefined, error: undefined });
}

export function failed<Data>(): Resource<Data> {
  return deriveResource<Data>({ data: undefined, error: serverError });
}

export function stale<Data>(data: Data): Resource<Data> {
  return deriveResource<Data>({ data, error: serverError });
}

export function notPermitted<Data>(): Resource<Data> {
  const error = new UsageKitError({ code: 'forbidden', message: 'Not permitted', status: 403 });
  return deriveResource<Data>({ data: undefined, error });
}

const serverError = new UsageKitError({
  code: 'unavailable',
  message: 'Temporarily unavailable',
  status: 503,
});
