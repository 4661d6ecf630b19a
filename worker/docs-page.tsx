import type { generateSpecs } from "hono-openapi";
import { PROBLEM_CODES } from "../shared/problem.ts";
import type { eventsDocument } from "./events-document.ts";

type ApiDocument = Awaited<ReturnType<typeof generateSpecs>>;

type Events = ReturnType<typeof eventsDocument>["webhooks"];

const METHODS = ["get", "post", "patch", "delete"] as const;

/** The API document as a page for people: every address by theme, its parameters, body and answers, and the events that are sent. */
export function docsPage(document: ApiDocument & { readonly webhooks: Events }) {
	const routes = Object.entries(document.paths).flatMap(([path, item]) =>
		METHODS.flatMap((method) => {
			const operation = item[method];
			return operation ? [{ path, method, operation }] : [];
		}),
	);
	const tags = [...new Set(routes.flatMap(({ operation }) => operation.tags ?? []))];
	return (
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<title>Afterword API</title>
				<link rel="stylesheet" href="/docs.css" />
			</head>
			<body>
				<header>
					<h1>Afterword API</h1>
					<p>
						<Prose text={document.info.description} /> The machine-readable document is <a href="/openapi.json">/openapi.json</a>.
					</p>
					<nav aria-label="Contents">
						{tags.map((tag) => (
							<a href={`#${tag.toLowerCase()}`}>{tag}</a>
						))}
						<a href="#events">Events</a>
						<a href="#problems">Problems</a>
					</nav>
				</header>
				<main>
					{tags.map((tag) => (
						<section id={tag.toLowerCase()}>
							<h2>{tag}</h2>
							{routes
								.filter(({ operation }) => operation.tags?.includes(tag))
								.map((route) => (
									<Operation {...route} document={document} />
								))}
						</section>
					))}
					<section id="events">
						<h2>Events</h2>
						{Object.entries(document.webhooks).map(([type, { post }]) => (
							<Event type={type} event={post} document={document} />
						))}
					</section>
					<section id="problems">
						<h2>Problems</h2>
						<table>
							<thead>
								<tr>
									<th>Code</th>
									<th>Status</th>
									<th>Meaning</th>
								</tr>
							</thead>
							<tbody>
								{Object.entries(PROBLEM_CODES).map(([code, { status, title }]) => (
									<tr id={code}>
										<td>
											<code>{code}</code>
										</td>
										<td>{status}</td>
										<td>{title}</td>
									</tr>
								))}
							</tbody>
						</table>
					</section>
				</main>
			</body>
		</html>
	);
}

type Route = { path: string; method: string; operation: NonNullable<ApiDocument["paths"][string]["get"]>; document: ApiDocument };

function Operation({ path, method, operation, document }: Route) {
	const body = operation.requestBody && "content" in operation.requestBody ? operation.requestBody.content : {};
	const [type, media] = Object.entries(body)[0] ?? [];
	const fields = fieldsOf(media?.schema, document);
	const parameters = (operation.parameters ?? []).flatMap((parameter) => ("name" in parameter ? [parameter] : []));
	return (
		<article>
			<h3>
				<span class={method}>{method.toUpperCase()}</span> <code>{path}</code>
			</h3>
			<p>
				<strong>{operation.summary}.</strong> <Prose text={operation.description ?? ""} />
			</p>
			{parameters.length > 0 && (
				<Fields
					title="Parameters"
					rows={parameters.map(({ name, description = "", required = false }) => ({ name, description, required }))}
				/>
			)}
			{fields.length > 0 && <Fields title={`Body (${type})`} rows={fields} />}
			<ul class="answers">
				{Object.entries(operation.responses ?? {}).map(([status, response]) => (
					<li>
						<code>{status}</code> <Prose text={"description" in response ? response.description : ""} />
					</li>
				))}
			</ul>
		</article>
	);
}

function Event({ type, event, document }: { type: string; event: Events[string]["post"]; document: ApiDocument }) {
	const { data } = event.requestBody.content["application/json"].schema.properties;
	return (
		<article>
			<h3>
				<code>{type}</code>
			</h3>
			<p>
				<strong>{event.summary}.</strong> <Prose text={event.description} />
			</p>
			<Fields title="Headers" rows={event.parameters} />
			<Fields title="data" rows={fieldsOf(data, document)} />
		</article>
	);
}

/** Text in which backticks stand around code. */
function Prose({ text }: { text: string }) {
	return <>{text.split("`").map((part, i) => (i % 2 === 1 ? <code>{part}</code> : part))}</>;
}

interface Field {
	readonly name: string;
	readonly description: string;
	readonly required: boolean;
}

function Fields({ title, rows }: { title: string; rows: readonly Field[] }) {
	return (
		<table>
			<thead>
				<tr>
					<th>{title}</th>
					<th>Meaning</th>
				</tr>
			</thead>
			<tbody>
				{rows.map(({ name, description, required }) => (
					<tr>
						<td>
							<code>{name}</code>
							{required ? "" : " (optional)"}
						</td>
						<td>
							<Prose text={description} />
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

/** The properties of a schema, which may stand in the document's components. */
function fieldsOf(schema: unknown, document: ApiDocument): Field[] {
	const named = typeof schema === "object" && schema && "$ref" in schema ? String(schema.$ref).split("/").at(-1) : undefined;
	const found = named ? document.components.schemas?.[named] : schema;
	if (typeof found !== "object" || !found || !("properties" in found)) return [];
	const required: readonly string[] = "required" in found && Array.isArray(found.required) ? found.required : [];
	return Object.entries(found.properties ?? {}).map(([name, property]) => ({
		name,
		description: typeof property === "object" && property && "description" in property ? String(property.description) : "",
		required: required.includes(name),
	}));
}
