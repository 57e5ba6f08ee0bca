/** The portal configuration of a real account names its business; the sandbox has one merchant. */
export const MERCHANT = "Evenkeel";
