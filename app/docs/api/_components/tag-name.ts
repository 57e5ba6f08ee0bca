import type en from "@/messages/en.json";

/** Tags of endpoints have their words in the messages. */
export type TagName = keyof (typeof en)["docs"]["tags"];
