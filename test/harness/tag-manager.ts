import { isDeepStrictEqual } from "node:util";

/** A template of Google Tag Manager's, by the sections of its file. */
export interface TagTemplate {
	readonly info: { readonly type: string; readonly containerContexts: readonly string[] };
	readonly parameters: readonly { readonly name: string }[];
	/** Its sandboxed JavaScript. */
	readonly code: string;
	/** Of each permission its name and what it is given for: by the name of each list, such as `keys`, what stands in it. */
	readonly permissions: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
	/** The code of its tests, by their names. */
	readonly tests: ReadonlyMap<string, string>;
}

/** A value as Tag Manager writes it: a text, a list, a map by its keys, or whether. */
interface WrittenValue {
	readonly type: number;
	readonly string?: string;
	readonly boolean?: boolean;
	readonly listItem?: readonly WrittenValue[];
	readonly mapKey?: readonly WrittenValue[];
	readonly mapValue?: readonly WrittenValue[];
}

function read({ type, string, boolean, listItem = [], mapKey = [], mapValue = [] }: WrittenValue): unknown {
	if (type === 1) return string;
	if (type === 2) return listItem.map(read);
	if (type === 3) return Object.fromEntries(mapKey.map((key, i) => [read(key), mapValue[i] && read(mapValue[i])]));
	if (type === 8) return boolean;
	throw new Error(`No value is of type ${type}`);
}

/** Reads a `template.tpl`. */
export function readTemplate(text: string): TagTemplate {
	const parts = text.split(/^___([A-Z_]+)___$/m);
	const section = (name: string) => {
		const at = parts.indexOf(name);
		if (at < 0) throw new Error(`No ___${name}___`);
		return parts[at + 1] ?? "";
	};
	const given: { instance: { key: { publicId: string }; param: { key: string; value: WrittenValue }[] } }[] = JSON.parse(
		section("WEB_PERMISSIONS"),
	);
	const scenarios = section("TESTS")
		.split(/^- name: /m)
		.slice(1);
	return {
		info: JSON.parse(section("INFO")),
		parameters: JSON.parse(section("TEMPLATE_PARAMETERS")),
		code: section("SANDBOXED_JS_FOR_WEB_TEMPLATE"),
		permissions: new Map(
			given.map(({ instance: { key, param } }) => [
				key.publicId,
				Object.fromEntries(param.map(({ key, value }) => [key, read(value)])),
			]),
		),
		tests: new Map(
			scenarios.map((scenario) => {
				const [name = "", ...code] = scenario.split("\n");
				return [name, code.slice(1).join("\n")];
			}),
		),
	};
}

type Call = (...given: unknown[]) => unknown;

/** Runs one of a template's own tests, with what Tag Manager lends to them: `mock`, `runCode`, `assertApi` and `assertThat`. */
export function runTemplateTest({ code, permissions }: TagTemplate, test: string): void {
	const mocks = new Map<string, Call>();
	const calls: string[] = [];
	const called =
		(name: string, usual: Call): Call =>
		(...given) => {
			calls.push(name);
			return (mocks.get(name) ?? usual)(...given);
		};
	const usual: Readonly<Record<string, Call>> = {
		makeString: String,
		queryPermission: (permission) => permissions.has(`${permission}`),
		isConsentGranted: () => true,
		logToConsole: () => undefined,
	};
	const lend = (name: unknown) => called(`${name}`, usual[`${name}`] ?? (() => () => undefined));
	const runCode = (data: object) => {
		const ends = { gtmOnSuccess: called("gtmOnSuccess", () => {}), gtmOnFailure: called("gtmOnFailure", () => {}) };
		new Function("require", "data", `"use strict";${code}`)(lend, { ...data, ...ends });
	};
	const assertThat = (value: unknown) => ({
		isEqualTo(expected: unknown) {
			if (!isDeepStrictEqual(value, expected)) throw new Error(`${JSON.stringify(value)} is not ${JSON.stringify(expected)}`);
		},
	});
	const assertApi = (name: string) => ({
		wasCalled: () => assertThat(calls.includes(name)).isEqualTo(true),
		wasNotCalled: () => assertThat(calls.includes(name)).isEqualTo(false),
	});
	const mock = (name: string, instead: Call) => void mocks.set(name, instead);
	new Function("mock", "runCode", "assertApi", "assertThat", test)(mock, runCode, assertApi, assertThat);
}

/**
 * A page's script that runs a template's code as Tag Manager's container does: every API does what Google's documentation says, within
 * the template's own permissions. `gtmConsent(type)` grants a consent; `gtmEnded` is how the tag ended.
 */
export function containerOf({ code, permissions }: TagTemplate, data: object, granted: readonly string[]): string {
	return `(() => {
		const permissions = ${JSON.stringify(Object.fromEntries(permissions))};
		const granted = new Set(${JSON.stringify(granted)}), listeners = [];
		const within = (list, name, what, ...ways) => {
			const grant = list?.find((one) => one[name] === what);
			for (const way of ways) if (grant?.[way] !== true) throw new Error("No permission to " + way + " " + what);
		};
		const consent = (type) => within(permissions.access_consent?.consentTypes, "consentType", type, "read");
		const global = (key) => within(permissions.access_globals?.keys, "key", key, "read", "write");
		const mayInject = (url) => permissions.inject_script.urls.some((host) => url.startsWith(host.replace(/\\*$/, "")));
		const path = (name) => name.split(".").slice(0, -1).reduce((part, key) => part[key], window);
		const last = (name) => name.split(".").at(-1);
		const apis = {
			makeString: String,
			logToConsole: () => {},
			queryPermission: (permission, what) => permission === "inject_script" ? mayInject(what) : permission in permissions,
			isConsentGranted: (type) => { consent(type); return granted.has(type) },
			addConsentListener: (type, hear) => { consent(type); listeners.push([type, hear]) },
			createArgumentsQueue(fn, queue) {
				global(fn); global(queue);
				if (!path(fn)[last(fn)]) {
					path(fn)[last(fn)] = function () { path(queue)[last(queue)].push(arguments) };
					path(queue)[last(queue)] ??= [];
				}
				return path(fn)[last(fn)];
			},
			injectScript(url, done, failed) {
				if (!mayInject(url)) return failed();
				document.head.append(Object.assign(document.createElement("script"), { async: true, src: url, onload: done, onerror: failed }));
			},
		};
		window.gtmConsent = (type) => { granted.add(type); for (const [of, hear] of listeners) if (of === type) hear(type, true) };
		const ends = { gtmOnSuccess: () => { window.gtmEnded = "success" }, gtmOnFailure: () => { window.gtmEnded = "failure" } };
		((require, data) => { "use strict"; ${code} })((name) => { if (!apis[name]) throw new Error("No API " + name); return apis[name] }, Object.assign(${JSON.stringify(data)}, ends));
	})();`;
}
