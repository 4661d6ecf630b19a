import { Hono } from "hono";
import { ApiError } from "../api-error.ts";
import { readForm } from "../door/read-form.ts";
import { readUpload } from "../door/read-upload.ts";
import { requireOpenSite, requireSession } from "../door/require-session.ts";
import type { AppEnv } from "../env.ts";
import { answers } from "./answers/index.tsx";
import { type CallApi, openApi } from "./call-api.ts";
import { cases } from "./cases/index.ts";
import { drivers } from "./drivers/index.tsx";
import { files } from "./files.ts";
import { health } from "./health/index.tsx";
import { importRoom } from "./import/index.tsx";
import { login } from "./login.tsx";
import { loyalty } from "./loyalty/index.tsx";
import { overview } from "./overview/index.tsx";
import { pageOfError } from "./page-of-error.tsx";
import { previewAnswers } from "./preview/answers.ts";
import { preview } from "./preview/index.tsx";
import { report } from "./report/index.tsx";
import { segments } from "./segments/index.tsx";
import { setUp } from "./set-up/index.ts";
import { newSite } from "./set-up/new-site.tsx";
import { settings } from "./settings/index.ts";
import { silence } from "./silence/index.tsx";
import { sites } from "./sites.tsx";
import { webhookPages } from "./webhooks/index.tsx";

/**
 * The owner's house, under /app: pages made on the server, which work without a script. Each room is a file or a folder here. All of them
 * read and change through the API, as the owner whose session it is: a page shows what the API says.
 */
export function dashboard(api: CallApi): Hono<AppEnv> {
	const house = new Hono<AppEnv>();
	house.onError(pageOfError);
	house.use("/app/*", openApi(api));
	house.get("/app", (c) => c.redirect("/app/", 301));
	house.route("/", files);
	house.route("/", login); // the way in
	house.route("/", previewAnswers); // the one door here without a session, and nothing behind it
	house.use("/app/*", requireSession);
	house.post("/app/import/*", readUpload); // a file comes with it
	house.post("/app/*", readForm);
	house.route("/", sites); // the operator's rooms
	house.route("/", health);
	house.route("/", newSite);
	house.use("/app/*", requireOpenSite);
	house.route("/", overview);
	house.route("/", answers);
	house.route("/", setUp);
	house.route("/", settings);
	house.route("/", webhookPages);
	house.route("/", importRoom);
	house.route("/", preview);
	house.route("/", report);
	house.route("/", cases);
	house.route("/", loyalty);
	house.route("/", drivers);
	house.route("/", segments);
	house.route("/", silence);
	house.all("/app/*", () => {
		throw new ApiError("not_found");
	});
	return house;
}
