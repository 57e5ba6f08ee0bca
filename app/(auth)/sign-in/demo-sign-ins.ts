export type DemoSignIn = {
  key: "owner" | "admin" | "member" | "otherOwner" | "operator";
  email: string;
  password: string;
};

const password = "evenkeel-demo";

/** The named characters of the seed, offered on the sign-in page of the sandbox only. */
export const DEMO_SIGN_INS: DemoSignIn[] = [
  { key: "owner", email: "olivia@acme.test", password },
  { key: "admin", email: "adam@acme.test", password },
  { key: "member", email: "mia@acme.test", password },
  { key: "otherOwner", email: "gus@globex.test", password },
  { key: "operator", email: "opal@evenkeel.test", password },
];
