/** Any object: the schema of a component has no other word for what Kubernetes' types say with unions. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type FreeForm = { [field: string]: any };
