import { Hono } from "hono";
import type { AppEnv } from "../../env.ts";
import { customer } from "./customer.tsx";
import { list } from "./list.tsx";
import { oneAnswer } from "./one-answer.tsx";
import { removal } from "./removal.tsx";

/** The room of the answers themselves: the list, one answer, what is taken out, and a customer's history. */
export const answers = new Hono<AppEnv>();

answers.route("/", list);
answers.route("/", oneAnswer);
answers.route("/", removal);
answers.route("/", customer);
