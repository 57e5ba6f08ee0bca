import type { en } from "@/messages/en";

/** Tags of endpoints have their words in the messages. */
export type TagName = keyof (typeof en)["docs"]["tags"];
