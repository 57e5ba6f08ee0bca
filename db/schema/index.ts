export * from "./ledger";
export * from "./notifications";
export * from "./payment-methods";
export * from "./recharge";
export * from "./requests";
export * from "./tenants";
export * from "./webhooks";
