/** All that the API document wants of zod's core, in its place (`alias` in wrangler.toml): the rest would bring zod's messages in fifty languages. */
export { toJSONSchema } from "zod";
