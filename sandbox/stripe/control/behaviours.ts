export function behaviourTable(): string { return ""; }
