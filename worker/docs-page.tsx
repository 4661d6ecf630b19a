import { PROBLEM_CODES } from "../shared/problem.ts";
import { type ApiDocument, type Events, METHODS } from "./api-document.ts";

/** The API document as a page for people: every address by theme, its parameters, body and answers, and the events that are sent. */
export function docsPage(document: ApiDocument) {
	const routes = Object.entries(document.paths).flatMap(([path, item]) =>
		METHODS.flatMap((method) => {
			const operation = item[method];
			return operation ? [{ path, method, operation }] : [];
		}),
	);
	const { tags = [] } = document;
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
						{tags.map(({ name }) => (
							<a href={`#${name.toLowerCase()}`}>{name}</a>
						))}
						<a href="#events">Events</a>
						<a href="#problems">Problems</a>
					</nav>
				</header>
				<main>
					{tags.map(({ name, description }) => (
						<section id={name.toLowerCase()}>
							<h2>{name}</h2>
							<p>{description}</p>
							{routes
								.filter(({ operation }) => operation.tags?.includes(name))
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
	const schema = named(media?.schema, document);
	const fields = fieldsOf(schema);
	const [example] = "examples" in schema && Array.isArray(schema.examples) ? schema.examples : [];
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
					rows={parameters.map(({ name, description = "", required = false, schema }) => ({
						name,
						description: `${description} ${valuesOf(schema)}`,
						required,
					}))}
				/>
			)}
			{fields.length > 0 && <Fields title={`Body (${type})`} rows={fields} />}
			{example && (
				<pre>
					<code>{JSON.stringify(example, null, 2)}</code>
				</pre>
			)}
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
			<Fields title="data" rows={fieldsOf(named(data, document))} />
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

/** A schema itself, which may stand in the document's components. */
function named(schema: unknown, document: ApiDocument): object {
	const name = typeof schema === "object" && schema && "$ref" in schema ? String(schema.$ref).split("/").at(-1) : undefined;
	const found = name ? document.components.schemas?.[name] : schema;
	return typeof found === "object" && found ? found : {};
}

/** The properties of a schema. */
function fieldsOf(schema: object): Field[] {
	if (!("properties" in schema)) return [];
	const required: readonly string[] = "required" in schema && Array.isArray(schema.required) ? schema.required : [];
	return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
		name,
		description: typeof property === "object" && property && "description" in property ? String(property.description) : "",
		required: required.includes(name),
	}));
}

/** What a parameter may be, as far as its schema says it: one of a few, what it is where it is left out, or an example. */
function valuesOf(schema: unknown): string {
	if (typeof schema !== "object" || !schema) return "";
	const code = (values: unknown) => (Array.isArray(values) ? values : [values]).map((value) => `\`${value}\``).join(", ");
	return [
		"enum" in schema ? `One of ${code(schema.enum)}.` : "",
		"default" in schema ? `Without it ${code(schema.default)}.` : "",
		"examples" in schema ? `Such as ${code(schema.examples)}.` : "",
	]
		.filter(Boolean)
		.join(" ");
}
